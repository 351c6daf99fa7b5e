// RUN: %check %s
// LEVELS: -O0; -O1; -O2; opt
#include "check.h"
#include <optional>
#include <variant>
using Value = std::variant<double, int>;
static std::optional<double> root(double x) { if (x < 0) return std::nullopt; return std::sqrt(x); }
static double f(double *x, int n) {
  Value v[3] = {x[0] * x[1], 3, x[n - 1]};
  double s = 0;
  for (const Value &w : v) { if (const double *d = std::get_if<double>(&w)) s += *d * *d; else s *= std::get<int>(w); }
  return s + root(x[0]).value_or(1.0) + root(x[2]).value_or(x[1]);
}
int main() {
  double x[] = {0.9, 1.2, -0.7};
  CHECK_GRAD("variant", f, x, 3);
  return chk_exit();
}
