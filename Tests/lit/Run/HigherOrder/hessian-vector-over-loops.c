// RUN: %check %s
// SANITIZE
#include "check.h"
static double f(const double *x, int n) {
  double s = 0;
  for (int i = 0; i + 1 < n; i++) { double a = x[i + 1] - x[i] * x[i], b = 1 - x[i]; s += 10 * a * a + b * b * b; }
  return s;
}
#ifdef NO_AD
static void gradient(const double *x, double *g, int n) {
  for (int i = 0; i + 1 < n; i++) {
    double a = x[i + 1] - x[i] * x[i], b = 1 - x[i];
    g[i + 1] += 20 * a;
    g[i] += -40 * a * x[i] - 3 * b * b;
  }
}
#else
static void gradient(const double *x, double *g, int n) { __nabla_autodiff_v((void *)f, nabla_dup, x, g, n); }
#endif
static void gradient4(double *x, double *y) { gradient(x, y, 4); }
static double slope(const double *x, const double *u, int n) {
#ifdef NO_AD
  double g[8] = {0}, s = 0;
  gradient(x, g, n);
  for (int i = 0; i < n; i++) s += g[i] * u[i];
  return s;
#else
  return __nabla_fwddiff_d((void *)f, nabla_dup, x, u, n);
#endif
}
static double slope4(double *x, int n) { static const double u[4] = {0.3, -1, 0.5, 2}; return slope(x, u, n); }
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_JAC("hessian-of-reverse", gradient4, x, 4, 4);
  CHECK_GRAD("hessian-of-forward", slope4, x, 4);
  return chk_exit();
}
