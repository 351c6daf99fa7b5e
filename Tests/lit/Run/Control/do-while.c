// RUN: %check %s
#include "check.h"
static double sqrt_by_heron(double a) {
  double r = a, last;
  do {
    last = r;
    r = 0.5 * (r + a / r);
  } while (fabs(r - last) > 1e-14 * r);
  return r;
}
static double once(double x) { double s = 0; int n = 0; do { s += x * x; n++; } while (n < 1); return s; }
int main(void) {
  CHECK1("heron", sqrt_by_heron, 7.0);
  CHECK1("heron-small", sqrt_by_heron, 0.25);
  CHECK1("once", once, 3.0);
  return chk_exit();
}
