// RUN: %check %s
#include "check.h"
static double f(double *x, int n) {
  double s = 0;
  for (int i = 1; i < n; i++) s += x[i] * x[i - 1];
  for (int i = n; i-- > 3;) s = s * x[i] + 1;
  for (int i = 5; i < n - 5; i++) s += exp(x[i]);
  return s + x[0];
}
int main(void) {
  double x[] = {1.1, 0.6, -0.4, 0.9, 1.3};
  CHECK_GRAD("one", f, x, 1);
  CHECK_GRAD("three", f, x, 3);
  CHECK_GRAD("five", f, x, 5);
  return chk_exit();
}
