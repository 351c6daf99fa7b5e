// RUN: %check %s
// SANITIZE
#include "check.h"
#include <map>
#include <set>
#include <unordered_map>
#include <vector>
struct Entry { int count; double sum; std::vector<double> all; };
static double f(double *x, int n) {
  std::map<int, Entry> groups;
  for (int i = 0; i < n; i++) {
    Entry &e = groups[i % 3];
    e.count++;
    e.sum += x[i];
    e.all.push_back(x[i] * x[i]);
  }
  groups.erase(1);
  double s = 0;
  for (auto &g : groups) {
    double t = 0;
    for (double a : g.second.all) t += a;
    s += t / g.second.count - g.second.sum * g.second.sum * 0.1;
  }
  return s;
}
static double ordered(double *x, int n) {
  std::multiset<double> sorted(x, x + n);
  double s = 0;
  for (double a : sorted) s = 0.6 * s + a * a;
  return s;
}
int main() {
  double x[] = {0.9, 1.2, -0.7, 0.4, 1.3, -0.2};
  CHECK_GRAD("groups", f, x, 6);
  CHECK_GRAD("multiset", ordered, x, 6);
  return chk_exit();
}
