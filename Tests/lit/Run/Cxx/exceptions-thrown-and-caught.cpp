// RUN: %check %s
// REFUSE: (exception|throw|catch|landing|invoke|__cxa)
// ALLOW-REFUSE
#include "check.h"
#include <stdexcept>
static double checked(double x) { if (x < 0) throw std::domain_error("negative"); return std::sqrt(x); }
static double f(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    try { s += checked(x[i]) * x[0]; }
    catch (const std::domain_error &) { s += x[i] * x[i]; }
  }
  return s;
}
int main() {
  double x[] = {0.9, -1.2, 0.7};
  CHECK_GRAD("caught", f, x, 3);
  return chk_exit();
}
