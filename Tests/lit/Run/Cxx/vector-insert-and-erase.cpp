// RUN: %check %s
// SANITIZE
#include "check.h"
#include <deque>
#include <list>
#include <vector>
static double edited(double *x, int n) {
  std::vector<double> v;
  v.reserve(2);
  for (int i = 0; i < n; i++) v.insert(v.begin() + i / 2, x[i] * (i + 1));
  v.erase(v.begin() + 1);
  v.insert(v.begin(), 2, x[0] * x[1]);
  v.resize(v.size() + 2, x[2]);
  double s = 0;
  for (size_t i = 0; i < v.size(); i++) s = 0.7 * s + v[i] * v[i];
  v.clear();
  v.shrink_to_fit();
  return s;
}
static double rotated(double *x, int n) {
  std::deque<double> d(x, x + n);
  std::list<double> l;
  for (int i = 0; i < 2 * n; i++) {
    d.push_back(d.front() * 1.1);
    d.pop_front();
    l.push_front(d.back());
    if (i % 3 == 0) l.erase(--l.end());
  }
  double s = 0;
  for (double a : l) s = s * 0.5 + a * a;
  return s + d[0] * d[n - 1];
}
int main() {
  double x[] = {0.9, 1.2, -0.7, 0.4, 1.3};
  CHECK_GRAD("edited", edited, x, 5);
  CHECK_GRAD("rotated", rotated, x, 5);
  return chk_exit();
}
