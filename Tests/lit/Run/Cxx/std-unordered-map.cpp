// RUN: %check %s
// SANITIZE
// LEVELS: -O0; -O2; opt
#include "check.h"
#include <string>
#include <unordered_map>
static double f(double *x, int n) {
  std::unordered_map<int, double> value;
  for (int i = 0; i < n; i++) value[i * 31 % 5] += x[i] * x[0];
  double s = 0;
  for (int k = 0; k < 5; k++) { auto it = value.find(k); if (it != value.end()) s += it->second * it->second * (k + 1); }
  return s;
}
int main() {
  double x[] = {0.9, 1.2, -0.7, 0.4, 1.1, -0.3};
  CHECK_GRAD("unordered", f, x, 6);
  return chk_exit();
}
