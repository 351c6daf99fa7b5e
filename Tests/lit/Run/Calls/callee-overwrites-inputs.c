// RUN: %check %s
#include "check.h"
static double consume(double *v, int n) {
  for (int k = 1; k < n; k++) v[0] = v[0] * v[k] + v[k];
  for (int k = 1; k < n; k++) v[k] = -1;
  return v[0];
}
static double f(double *x, int n) {
  double copy[8];
  memcpy(copy, x, n * sizeof *x);
  double a = consume(copy, n), b = consume(copy, n), c = consume(x, n);
  return a + b * c + x[0];
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("consumed", f, x, 4);
  return chk_exit();
}
