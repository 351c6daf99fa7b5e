// RUN: %check %s
#include "check.h"
static double accumulate(const double *x, int n, double acc) { return n ? accumulate(x + 1, n - 1, acc * 0.8 + x[0] * x[0]) : acc; }
static double gcd_like(double a, double b, int k) { return k == 0 ? a : gcd_like(b, a - 0.3 * b * b, k - 1); }
static double f(double *x, int n) { return accumulate(x, n, 1) + gcd_like(x[0], x[1], 6); }
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("tail", f, x, 4);
  return chk_exit();
}
