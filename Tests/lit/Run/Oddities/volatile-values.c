// RUN: %check %s
#include "check.h"
static double f(double *x, int n) {
  volatile double t = x[0], *p = &x[1];
  double s = 0;
  for (int i = 0; i < n; i++) { t = t * x[i] + *p; s += t; }
  *p = s;
  return *p * t;
}
int main(void) {
  double x[] = {0.4, 1.2, -0.7};
  CHECK_GRAD("volatile", f, x, 3);
  return chk_exit();
}
