// RUN: %check %s
#include "check.h"
/* A loop that is entered at two places. */
static double f(double *x, int n) {
  double s = 0.3;
  int i = 0;
  if (x[0] > 1) goto middle;
head:
  s = s * s + x[i % n];
middle:
  s = sin(s) + 0.5 * x[(i + 1) % n];
  if (++i < 6) goto head;
  return s;
}
int main(void) {
  double a[] = {0.5, 0.9, -0.1}, b[] = {1.5, 0.9, -0.1};
  CHECK_GRAD("at-head", f, a, 3);
  CHECK_GRAD("at-middle", f, b, 3);
  return chk_exit();
}
