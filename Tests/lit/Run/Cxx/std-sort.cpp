// RUN: %check %s
// LEVELS: -O0; -O2; opt
#include "check.h"
#include <algorithm>
static double f(double *x, int n) {
  std::sort(x, x + n);
  double s = 0;
  for (int i = 0; i < n; i++) s += x[i] * x[i] * (i + 1);
  return s;
}
static double by_size(double *x, int n) {
  int order[24];
  for (int i = 0; i < n; i++) order[i] = i;
  std::sort(order, order + n, [&](int a, int b) { return std::fabs(x[a]) < std::fabs(x[b]); });
  double s = 0;
  for (int i = 0; i < n; i++) s = 0.5 * s + x[order[i]] * x[i];
  return s;
}
int main() {
  double x[20];
  for (int i = 0; i < 20; i++) x[i] = std::sin(i * i + 0.3) * (1 + 0.1 * i);
  CHECK_GRAD("sort", f, x, 20);
  CHECK_GRAD("indices", by_size, x, 20);
  return chk_exit();
}
