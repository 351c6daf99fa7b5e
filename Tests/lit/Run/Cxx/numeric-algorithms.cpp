// RUN: %check %s
// SANITIZE
#include "check.h"
#include <algorithm>
#include <numeric>
#include <vector>
static double f(double *x, int n) {
  std::vector<double> v(x, x + n), w(n);
  std::transform(v.begin(), v.end(), w.begin(), [](double a) { return a * a + 1; });
  double s = std::accumulate(w.begin(), w.end(), 0.0), d = std::inner_product(v.begin(), v.end(), w.begin(), 1.0);
  std::partial_sum(v.begin(), v.end(), w.begin());
  std::reverse(w.begin(), w.end());
  std::for_each(w.begin(), w.end(), [&](double &a) { a *= s; });
  return d + *std::max_element(w.begin(), w.end()) + std::clamp(v[0], -5.0, 5.0) * w[1];
}
static double product(double *x, int n) { return std::accumulate(x, x + n, 1.0, [](double a, double b) { return a * std::sin(b); }); }
int main() {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("algorithms", f, x, 4);
  CHECK_GRAD("product", product, x, 4);
  return chk_exit();
}
