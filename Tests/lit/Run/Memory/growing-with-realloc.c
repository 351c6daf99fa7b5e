// RUN: %check %s
// SANITIZE
#include "check.h"
static double f(double *x, int n) {
  int count = 0, room = 1;
  double *list = (double *)malloc(sizeof *list), s = 0;
  for (int i = 0; i < n; i++)
    for (int k = 0; k < 2; k++) {
      if (count == room) { room *= 2; list = (double *)realloc(list, room * sizeof *list); }
      list[count] = x[i] * (k + 1) + (count ? 0.5 * list[count - 1] : 0);
      count++;
    }
  for (int i = 0; i < count; i++) s += list[i] * list[i];
  free(list);
  return s;
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("realloc", f, x, 4);
  return chk_exit();
}
