// RUN: %check %s
#include "check.h"
/* Step doubling: the accepted steps depend on the data, the rejected ones must leave no trace. */
static double rhs(double t, double y, double k) { return -k * y + sin(t) * y * y; }
static double heun(double t, double y, double h, double k) { double a = rhs(t, y, k), b = rhs(t + h, y + h * a, k); return y + 0.5 * h * (a + b); }
static double f(double y0, double k) {
  double t = 0, y = y0, h = 0.5;
  while (t < 2 - 1e-12) {
    if (t + h > 2) h = 2 - t;
    double whole = heun(t, y, h, k), half = heun(t + h / 2, heun(t, y, h / 2, k), h / 2, k), error = fabs(whole - half);
    if (error > 1e-3) { h *= 0.5; continue; }
    t += h;
    y = half;
    if (error < 1e-4) h *= 2;
  }
  return y;
}
int main(void) {
  CHECK2("adaptive", f, 0.94, 1.21);
  return chk_exit();
}
