// RUN: %check %s
#include "check.h"
static double f(double *x, int n) {
  double s = 0, p = 1;
  int i = 0;
  while (i < n) {
    double t = x[i++];
    if (t > 1) { s += t * t; continue; }
    if (t < 0) { p *= 1 + t; s += p; continue; }
    p = sin(p * t) + 1;
    if (p > 1.5) continue;
    s *= t;
  }
  return s + p * p;
}
int main(void) {
  double x[] = {1.5, 0.3, -0.4, 2.0, 0.9, 0.1, -0.2};
  CHECK_GRAD("back-edges", f, x, 7);
  return chk_exit();
}
