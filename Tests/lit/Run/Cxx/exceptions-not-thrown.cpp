// RUN: %check %s
// SANITIZE
#include "check.h"
#include <stdexcept>
#include <vector>
struct Guard { double *cell; explicit Guard(double *c) : cell(c) { *cell += 1; } ~Guard() { *cell *= 0.5; } };
static double checked(double x) { if (x < 0) throw std::domain_error("negative"); return std::sqrt(x); }
static double f(double *x, int n) {
  double cell = x[0];
  std::vector<double> roots;
  for (int i = 0; i < n; i++) { Guard guard(&cell); roots.push_back(checked(x[i]) * cell); }
  return roots[0] * roots[n - 1] + cell;
}
int main() {
  double x[] = {0.9, 1.2, 0.7};
  CHECK_GRAD("guarded", f, x, 3);
  return chk_exit();
}
