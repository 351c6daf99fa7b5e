// RUN: %check %s
#include "check.h"
/* Products without the i-th factor, forwards and backwards: classical kept values. */
static double f(double *x, int n) {
  double left[9], right[9], s = 0;
  left[0] = right[n] = 1;
  for (int i = 0; i < n; i++) left[i + 1] = left[i] * x[i];
  for (int i = n; i-- > 0;) right[i] = right[i + 1] * x[i];
  for (int i = 0; i < n; i++) s += left[i] * right[i + 1] * left[i];
  return s;
}
static double logistic(double *x, int n) { double y = x[0]; for (int i = 0; i < 3 * n; i++) y = x[1] * y * (1 - y); return y; }
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 1.4}, y[] = {0.3, 2.7};
  CHECK_GRAD("products", f, x, 4);
  CHECK_GRAD("logistic", logistic, y, 2);
  return chk_exit();
}
