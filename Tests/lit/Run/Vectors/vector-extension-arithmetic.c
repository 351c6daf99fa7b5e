// RUN: %check %s
#include "check.h"
typedef double v4 __attribute__((vector_size(32)));
static double f(double *x, int n) {
  v4 a = {x[0], x[1], x[2], x[3]}, b = {x[3], x[2], 1.5, x[n - 1]};
  v4 c = a * b + a / (b * b + 2.0), d = a - c;
  c = c * c - d;
  return c[0] + c[1] * d[2] + c[3] * d[3];
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("vector", f, x, 4);
  return chk_exit();
}
