// RUN: %check %s
// FLAGS: -std=c++17
#include "check.h"
#include <functional>
#include <vector>
static double integrate(const std::function<double(double)> &g, double a, double b, int n) {
  double h = (b - a) / n, s = 0.5 * (g(a) + g(b));
  for (int i = 1; i < n; i++) s += g(a + i * h);
  return s * h;
}
using Rhs = std::function<void(double, const std::vector<double> &, std::vector<double> &)>;
static std::vector<double> rk4(Rhs f, std::vector<double> y, double h, int steps) {
  size_t n = y.size();
  std::vector<double> k1(n), k2(n), k3(n), k4(n), t(n);
  for (int s = 0; s < steps; s++) {
    f(s * h, y, k1);
    for (size_t i = 0; i < n; i++) t[i] = y[i] + 0.5 * h * k1[i];
    f(s * h + h / 2, t, k2);
    for (size_t i = 0; i < n; i++) t[i] = y[i] + 0.5 * h * k2[i];
    f(s * h + h / 2, t, k3);
    for (size_t i = 0; i < n; i++) t[i] = y[i] + h * k3[i];
    f(s * h + h, t, k4);
    for (size_t i = 0; i < n; i++) y[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
  }
  return y;
}
static double quad(double *x, int n) {
  double k = x[0], p = x[1];
  return integrate([k, p](double t) { return exp(-k * t) * cos(p * t); }, 0, x[2], 10);
}
static double ode(double *x, int n) {
  double alpha = x[0], beta = x[1];
  auto y = rk4([alpha, beta](double t, const std::vector<double> &y, std::vector<double> &dy) {
    dy[0] = alpha * y[0] - beta * y[0] * y[1];
    dy[1] = -y[1] + beta * y[0] * y[1] + 0.01 * t;
  }, {x[2], 0.5}, 0.05, 8);
  return y[0] * y[1];
}
int main() {
  double x[] = {0.9, 1.2, 0.7};
  CHECK_GRAD("quadrature", quad, x, 3);
  CHECK_GRAD("ode", ode, x, 3);
  return chk_exit();
}
