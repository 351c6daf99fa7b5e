// RUN: %check %s
#include "check.h"
static double rosenbrock(double *x, int n) { double s = 0; for (int i = 0; i + 1 < n; i++) { double a = x[i + 1] - x[i] * x[i], b = 1 - x[i]; s += 100 * a * a + b * b; } return s; }
static void residuals(double *p, double *r) {
  static const double t[] = {0, 0.5, 1, 1.5, 2, 2.5}, y[] = {2, 1.3, 0.9, 0.7, 0.6, 0.55};
  for (int i = 0; i < 6; i++) r[i] = p[0] * exp(-p[1] * t[i]) + p[2] - y[i];
}
static double huber(double *p, int n) {
  double r[6], s = 0;
  residuals(p, r);
  for (int i = 0; i < 6; i++) s += fabs(r[i]) < 0.2 ? 0.5 * r[i] * r[i] : 0.2 * (fabs(r[i]) - 0.1);
  return s * n;
}
int main(void) {
  double x[] = {0.4, 1.2, -0.7, 0.5}, p[] = {1.2, 1.2, 0.32};
  CHECK_GRAD("rosenbrock", rosenbrock, x, 4);
  CHECK_JAC("residuals", residuals, p, 3, 6);
  CHECK_GRAD("huber", huber, p, 3);
  return chk_exit();
}
