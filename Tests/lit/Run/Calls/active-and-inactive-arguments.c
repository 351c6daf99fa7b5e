// RUN: %check %s
#include "check.h"
static double weighted(const double *a, const double *b, int n, double w) { double s = 0; for (int i = 0; i < n; i++) s += a[i] * b[i] * w; return s; }
static double f(double *x, int n) {
  double ones[8], s;
  for (int i = 0; i < n; i++) ones[i] = 1 + i;
  s = weighted(x, ones, n, 2);
  s += weighted(ones, x, n, x[0]);
  s += weighted(ones, ones, n, x[1]);
  s += weighted(x, x, n, s);
  return s + weighted(ones, ones, n, 3);
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("mixed", f, x, 4);
  return chk_exit();
}
