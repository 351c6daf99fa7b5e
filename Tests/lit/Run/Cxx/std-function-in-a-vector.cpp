// RUN: %check %s
// FLAGS: -std=c++17
#include "check.h"
#include <functional>
#include <vector>
static double f(double *x, int n) {
  double a = x[0], b = x[1], c = x[2];
  std::vector<std::function<double(double)>> layers;
  layers.push_back([a](double t) { return a * t; });
  layers.push_back([a, b, c](double t) { return a + b * t + c * t * t; });
  layers.push_back([&](double t) { return sin(t) * x[2]; });
  double y = 0.5;
  for (auto &g : layers) y = g(y);
  return y;
}
int main() {
  double x[] = {0.9, 1.2, -0.7};
  CHECK_GRAD("function", f, x, 3);
  return chk_exit();
}
