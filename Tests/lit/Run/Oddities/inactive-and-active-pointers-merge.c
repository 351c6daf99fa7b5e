// RUN: %check %s
#include "check.h"
static double sum(const double *p, int n) { double s = 0; for (int i = 0; i < n; i++) s += p[i] * p[i]; return s; }
static double f(double *x, int n) {
  double constants[3] = {1, 2, 3}, mine[3] = {x[0], x[1] * x[2], x[2]};
  const double *p = constants;
  double s = 0;
  for (int i = 0; i < 3; i++) {
    if (i == 1) p = x;
    if (i == 2) p = mine;
    s += sum(p, 3) * x[i];
  }
  const double *q = x[0] > 0 ? constants : mine;
  return s + q[1] * x[1] + 0 * n;
}
int main(void) {
  double x[] = {0.4, 1.2, -0.7};
  CHECK_GRAD("merged", f, x, 3);
  x[0] = -0.4;
  CHECK_GRAD("merged-other", f, x, 3);
  return chk_exit();
}
