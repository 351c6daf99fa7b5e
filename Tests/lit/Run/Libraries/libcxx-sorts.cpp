// REQUIRES: has-libcxx
// RUN: %check %s
// FLAGS: -stdlib=libc++ -std=gnu++20
// LIBS: -stdlib=libc++
// SANITIZE
#include "check.h"
#include <algorithm>
#include <functional>
#include <numeric>
#include <ranges>
#include <vector>
/* Sorts of plain numbers are compiled into the library; others are templates. */
static std::vector<double> spread(const double *x, int n) {
  std::vector<double> v;
  for (int k = 0; k < 12; k++)
    for (int i = 0; i < n; i++) v.push_back(std::sin(x[i] * (k + 1)) + 3 * ((k * n + i) * 37 % 61));
  return v;
}
static double weigh(const std::vector<double> &v) {
  double s = 0;
  for (size_t i = 0; i < v.size(); i++) s += v[i] * v[i] * std::sin(0.1 * i);
  return s;
}
static double numbers(double *x, int n) {
  auto v = spread(x, n);
  std::sort(v.begin(), v.end());
  double s = weigh(v);
  std::sort(v.begin(), v.end(), std::greater<double>());
  s += weigh(v);
  std::vector<float> f{3, 1, 2};
  std::sort(f.begin(), f.end());
  std::vector<long double> l(v.begin(), v.begin() + 9);
  std::ranges::sort(l);
  return s + (double)l[4] * f[0];
}
static double others(double *x, int n) {
  auto v = spread(x, n);
  std::vector<int> order(v.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](int a, int b) { return v[a] < v[b]; });
  auto again = order;
  std::sort(again.begin(), again.end());
  double s = 0;
  for (size_t i = 0; i < v.size(); i++) s = 0.5 * s + v[order[i]] * v[again[i]];
  std::nth_element(v.begin(), v.begin() + 7, v.end());
  return s + v[7] * v[7];
}
int main() {
  double x[5] = {0.3, 0.51, 0.7, 0.4, 0.6};
  CHECK_GRAD("others", others, x, 5);
  CHECK_GRAD("numbers", numbers, x, 5);
  return chk_exit();
}
