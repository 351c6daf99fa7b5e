// RUN: %check %s
#include "check.h"
static double g(double x, double a) { return exp(x) * x - a; }
/* Bisection is flat almost everywhere; the last Newton step carries the derivative. */
static double lambert(double a) {
  double lo = 0, hi = 5;
  while (hi - lo > 1e-9) {
    double mid = 0.5 * (lo + hi);
    if (g(mid, a) > 0) hi = mid; else lo = mid;
  }
  double x = lo;
  for (int i = 0; i < 2; i++) x -= g(x, a) / (exp(x) * (1 + x));
  return x;
}
int main(void) {
  CHECK1("lambert", lambert, 2.0);
  CHECK1("lambert", lambert, 0.2);
  return chk_exit();
}
