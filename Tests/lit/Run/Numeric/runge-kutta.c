// RUN: %check %s
#include "check.h"
static void rhs(const double *y, const double *p, double *d) { d[0] = p[0] * y[0] - p[1] * y[0] * y[1]; d[1] = p[2] * y[0] * y[1] - p[3] * y[1]; }
static void rk4(double *y, const double *p, double h) {
  double k1[2], k2[2], k3[2], k4[2], t[2];
  rhs(y, p, k1);
  for (int i = 0; i < 2; i++) t[i] = y[i] + 0.5 * h * k1[i];
  rhs(t, p, k2);
  for (int i = 0; i < 2; i++) t[i] = y[i] + 0.5 * h * k2[i];
  rhs(t, p, k3);
  for (int i = 0; i < 2; i++) t[i] = y[i] + h * k3[i];
  rhs(t, p, k4);
  for (int i = 0; i < 2; i++) y[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
}
static double lotka_volterra(double *x, int n) { double y[2] = {x[4], x[5]}; for (int i = 0; i < 20; i++) rk4(y, x, 0.1); return y[0] * y[1] + n; }
int main(void) {
  double x[] = {1.1, 0.4, 0.1, 0.4, 2, 1};
  CHECK_GRAD("rk4", lotka_volterra, x, 6);
  return chk_exit();
}
