// RUN: %check %s
#include "check.h"
/* Bounds of the inner loops come out of the data and change under way. */
static double f(double *x, int n) {
  double s = 0.5;
  int bound = 2;
  for (int i = 0; i < n; i++) {
    for (int k = 0; k < bound; k++) s = 0.9 * s + x[i] * x[i] / (k + 1);
    bound = (int)(s * 2) % 4 + 1;
    unsigned steps = 0;
    for (double t = fabs(x[i]) + 0.3; t < 3; t *= 1.7) { s += t; steps++; }
    s += steps;
  }
  return s;
}
int main(void) {
  double x[] = {0.41, 0.83, -0.32, 1.21};
  CHECK_GRAD("counts", f, x, 4);
  return chk_exit();
}
