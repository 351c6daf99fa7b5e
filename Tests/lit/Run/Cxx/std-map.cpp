// RUN: %check %s
// SANITIZE
// LEVELS: -O0; -O1; -O2; opt
#include "check.h"
#include <map>
static double f(double *x, int n) {
  std::map<int, double> sums;
  for (int i = 0; i < n; i++) sums[i * 7 % 4] += x[i] * x[i];
  double s = 0;
  for (const auto &entry : sums) s = s * 0.5 + entry.first * entry.second;
  auto found = sums.find(2);
  return found == sums.end() ? s : s * found->second;
}
int main() {
  double x[] = {0.9, 1.2, -0.7, 0.4, 1.1, -0.3};
  CHECK_GRAD("map", f, x, 6);
  return chk_exit();
}
