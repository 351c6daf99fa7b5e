// RUN: %check %s
#include "check.h"
static double f(double *x, int n) {
  double s = 0, best = x[0];
  int where = 0;
  for (int i = 1; i < n; i++) if (x[i] > best) { best = x[i]; where = i; }
  double *p = x[0] > x[1] ? &x[2] : &x[3];
  double bias[1] = {0.25};
  for (int i = 0; i < n; i++) {
    const double *q = i % 2 ? bias : &x[i];
    s += *q * *p;
  }
  return s + best * best + where;
}
int main(void) {
  double x[] = {0.5, 0.9, 2.1, -1.2, 1.4};
  CHECK_GRAD("select", f, x, 5);
  x[0] = 3;
  CHECK_GRAD("select-other", f, x, 5);
  return chk_exit();
}
