// RUN: %check %s
#include "check.h"
static double f(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    s += x[i] * x[i] * x[i];
    x[i] = 0;
    if (i + 1 < n) x[i + 1] = sin(x[i + 1]) + s;
  }
  x[0] = s * s;
  return x[0] + s;
}
static void clear(double *a, int n) { for (int i = 0; i < n; i++) a[i] = 0; }
static double cleared_by_callee(double *x, int n) {
  double t = x[0] * x[1] * x[2];
  clear(x, n);
  return t * t + x[1];
}
int main(void) {
  double x[] = {0.5, -0.3, 0.8};
  CHECK_GRAD("overwritten", f, x, 3);
  CHECK_GRAD("cleared", cleared_by_callee, x, 3);
  return chk_exit();
}
