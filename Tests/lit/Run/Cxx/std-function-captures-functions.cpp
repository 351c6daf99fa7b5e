// RUN: %check %s
// LEVELS: -O0; -O1; -O2; opt -O2
#include "check.h"
#include <functional>
#include <vector>
using Map = std::function<double(double)>;
static Map after(Map f, Map g) { return [f, g](double v) { return f(g(v)); }; }
static Map twice(const Map &f) { return after(f, f); }
static double chains(double *x, int) {
  Map square = [](double v) { return v * v; }, scale = [k = x[0]](double v) { return k * v; };
  Map h = after(square, scale), deep = twice(after(h, [](double v) { return std::sin(v); }));
  return h(x[1]) + deep(x[2]);
}
static double stages(double *x, int n) {
  std::vector<Map> list;
  Map all = [](double v) { return v; };
  for (int i = 0; i < n; i++) {
    list.push_back([x, i](double v) { return v * x[i] + i; });
    all = after(list.back(), all);
  }
  return all(x[1]);
}
int main() {
  double x[] = {0.9, 1.2, 0.7};
  CHECK_GRAD("chains", chains, x, 3);
  CHECK_GRAD("stages", stages, x, 3);
  return chk_exit();
}
