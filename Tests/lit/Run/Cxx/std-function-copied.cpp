// RUN: %check %s
// FLAGS: -std=c++17
#include "check.h"
#include <functional>
static double f(double *x, int n) {
  double a = x[0], b = x[1], c = x[2];
  std::function<double(double)> g = [a, b, c](double t) { return a + b * t + c * t * t; };
  std::function<double(double)> h=[&](double t){return x[0]*t;}, copy = h; if (n>1) copy = g;
  return copy(0.5) * g(0.25);
}
int main() {
  double x[] = {0.9, 1.2, -0.7};
  CHECK_GRAD("function", f, x, 3);
  return chk_exit();
}
