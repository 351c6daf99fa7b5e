// RUN: %check %s
#include "check.h"
#include <array>
#include <tuple>
#include <utility>
using V = std::array<double, 3>;
static std::pair<double, double> extremes(const V &v) { double lo = v[0], hi = v[0]; for (double a : v) { if (a < lo) lo = a; if (a > hi) hi = a; } return {lo, hi}; }
static std::tuple<double, int, double> mixed(const V &v) { return {v[0] * v[1], 3, v[2] * v[2]}; }
static double f(double *x, int n) {
  std::array<V, 2> rows = {{{x[0], x[1], x[2]}, {x[2], x[0], x[n - 1]}}};
  std::swap(rows[0], rows[1]);
  auto [lo, hi] = extremes(rows[0]);
  auto [p, k, q] = mixed(rows[1]);
  return lo * hi + p * k + q + std::get<1>(rows).at(0);
}
int main() {
  double x[] = {0.9, 1.2, -0.7};
  CHECK_GRAD("array", f, x, 3);
  return chk_exit();
}
