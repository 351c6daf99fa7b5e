// RUN: %check %s
#include "check.h"
static double leaf(double a, double b) { return a * exp(-b); }
static double middle(double a, double b, int k) { return k > 0 ? leaf(a, b) * middle(b, a, k - 1) : a + b; }
static double top(double *x, int n) { double s = 0; for (int i = 0; i + 1 < n; i++) s += middle(x[i], x[i + 1], i) * leaf(x[0], s); return s; }
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("levels", top, x, 4);
  return chk_exit();
}
