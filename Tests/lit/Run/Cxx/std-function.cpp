// RUN: %check %s
// SANITIZE
#include "check.h"
#include <functional>
static double apply(const std::function<double(double)> &g, double x, int times) { for (int i = 0; i < times; i++) x = g(x); return x; }
static double f(double *x, int n) {
  double k = x[1];
  std::function<double(double)> g = [k](double t) { return k * t + 0.1 * t * t; }, h = [&](double t) { return g(t) * x[0]; };
  return apply(g, x[0], n) + apply(h, x[1], 2);
}
int main() {
  double x[] = {0.9, 1.2, -0.7};
  CHECK_GRAD("function", f, x, 3);
  return chk_exit();
}
