// RUN: %check %s
// SANITIZE
#include "check.h"
static double f(double *x, int n) {
  double *now = (double *)malloc(n * sizeof *now), *next = (double *)malloc(n * sizeof *next), s = 0;
  memcpy(now, x, n * sizeof *now);
  for (int t = 0; t < 5; t++) {
    for (int i = 0; i < n; i++) next[i] = now[i] + 0.2 * (now[(i + 1) % n] - now[i]) * now[(i + n - 1) % n];
    double *swap = now; now = next; next = swap;
  }
  for (int i = 0; i < n; i++) s += now[i] * now[i];
  free(now);
  free(next);
  return s;
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("swap", f, x, 4);
  return chk_exit();
}
