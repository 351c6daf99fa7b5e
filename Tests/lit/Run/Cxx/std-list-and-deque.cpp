// RUN: %check %s
// LEVELS: -O0; -O2; opt
#include "check.h"
#include <deque>
#include <list>
static double f(double *x, int n) {
  std::list<double> l(x, x + n);
  std::deque<double> window;
  double s = 0;
  for (double v : l) { window.push_back(v * v); if (window.size() > 2) window.pop_front(); for (double w : window) s += w * v; }
  l.remove_if([](double v) { return v < 0; });
  return s + l.front() * l.back();
}
int main() {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("list", f, x, 4);
  return chk_exit();
}
