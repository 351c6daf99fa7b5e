// RUN: %check %s
// SANITIZE
#include "check.h"
static double f(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    double *t = (double *)malloc((i + 1) * sizeof *t);
    for (int j = 0; j <= i; j++) t[j] = x[j] * x[i];
    if (t[0] < 0) { free(t); continue; }
    for (int j = 1; j <= i; j++) t[j] += t[j - 1] * t[j];
    s += t[i];
    free(t);
  }
  return s;
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4, 0.1};
  CHECK_GRAD("in-loop", f, x, 5);
  return chk_exit();
}
