// RUN: %check %s
// SANITIZE
#include "check.h"
#include <vector>
static double f(double *x, int n) {
  std::vector<double> v(x, x + n), w(n, 0.5);
  for (int i = 0; i < n; i++) w[i] += v[i] * v[(i + 1) % n];
  v = w;
  double s = 0;
  for (double a : v) s += a * a;
  return s + v.back() * w.front() + v.size();
}
static double pushed(double *x, int n) {
  std::vector<double> v;
  for (int i = 0; i < n; i++) { v.push_back(x[i] * x[i]); if (x[i] < 0) v.push_back(x[0]); }
  std::vector<double> moved = std::move(v);
  double s = 1;
  while (!moved.empty()) { s = s * 0.5 + moved.back(); moved.pop_back(); }
  return s;
}
int main() {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("vector", f, x, 4);
  CHECK_GRAD("push-back", pushed, x, 4);
  return chk_exit();
}
