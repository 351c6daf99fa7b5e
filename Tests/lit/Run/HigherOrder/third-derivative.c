// RUN: %check %s
// LEVELS: -O0; -O2; opt
#include "check.h"
static double f(double x) { return x * x * x * x + sin(2 * x); }
static double d1(double x) { return AD(__nabla_fwddiff_d((void *)f, x, 1.0), (4 * x * x * x + 2 * cos(2 * x))); }
static double d2(double x) { return AD(__nabla_fwddiff_d((void *)d1, x, 1.0), (12 * x * x - 4 * sin(2 * x))); }
int main(void) {
  double x = 0.7, want = 24 * x - 8 * cos(2 * x);
  EXPECT("forward", AD(__nabla_fwddiff_d((void *)d2, x, 1.0), want), want);
  EXPECT("reverse", AD(__nabla_autodiff_d((void *)d2, x), want), want);
  EXPECT_TOL("differences", chk_fd1(d2, x), want, 1e-7);
  return chk_exit();
}
