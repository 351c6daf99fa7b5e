// RUN: %check %s
// REFUSE: it throws an active value
// LEVELS: -O0; -O1; -O2; -O3
#include "check.h"
static double bounded(double v) {
  if (v > 1) throw v * v;
  return v;
}
static double f(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) try {
      s += bounded(x[i]);
    } catch (double d) {
      s += d * 2;
    }
  return s;
}
int main() {
  double x[] = {0.4, 1.2, 0.7};
  CHECK_GRAD("thrown", f, x, 3);
  return chk_exit();
}
