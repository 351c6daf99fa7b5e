// RUN: %check %s
#include "check.h"
static double many(double a, int i, double b, const double *p, double c, float d, long j, double e, double g, double h, double k, double l, char m, const double *q) {
  return a * i + b * p[0] + c * d + e * (double)j + g * h * k - l * m * q[1];
}
static double f(double *x, int n) { return many(x[0], n, x[1], x, x[2], (float)0.5, 7L, x[3], x[0] * x[1], x[2], x[3], x[1], 3, x + 1); }
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("many", f, x, 4);
  return chk_exit();
}
