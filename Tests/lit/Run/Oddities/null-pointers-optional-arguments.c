// RUN: %check %s
#include "check.h"
static double fit(const double *x, const double *weight, int n, double *residual) {
  double s = 0;
  for (int i = 0; i < n; i++) { double r = x[i] * x[i] - 1; if (residual) residual[i] = r; s += (weight ? weight[i] : 1) * r * r; }
  return s;
}
static double f(double *x, int n) {
  double r[4], w[4] = {1, 2, 3, 4};
  double a = fit(x, NULL, n, NULL) + fit(x, w, n, r);
  return a + r[0] * r[n - 1] + fit(x, x, n, NULL);
}
int main(void) {
  double x[] = {0.4, 1.2, -0.7, 0.9};
  CHECK_GRAD("optional", f, x, 4);
  return chk_exit();
}
