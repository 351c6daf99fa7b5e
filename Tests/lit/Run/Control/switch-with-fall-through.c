// RUN: %check %s
#include "check.h"
static double f(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    double t = x[i];
    switch (i % 5) {
    case 0: t = sin(t); /* falls through */
    case 1: t *= x[(i + 1) % n]; break;
    case 3: t = exp(-t); break;
    case 4: s += t; /* falls through */
    default: t += 2 * s;
    }
    s += t * t;
  }
  return s;
}
int main(void) {
  double x[] = {0.3, -0.7, 1.1, 0.2, -0.4, 0.9, 0.5};
  CHECK_GRAD("switch", f, x, 7);
  return chk_exit();
}
