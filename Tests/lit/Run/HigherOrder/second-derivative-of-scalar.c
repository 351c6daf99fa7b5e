// RUN: %check %s
#include "check.h"
static double f(double x) { return sin(x) * x * x + exp(-x); }
static double forward(double x) { return AD(__nabla_fwddiff_d((void *)f, x, 1.0), (2 * x * sin(x) + x * x * cos(x) - exp(-x))); }
static double reverse(double x) { return AD(__nabla_autodiff_d((void *)f, x), (2 * x * sin(x) + x * x * cos(x) - exp(-x))); }
int main(void) {
  double x = 0.8, want = 2 * sin(x) + 4 * x * cos(x) - x * x * sin(x) + exp(-x);
  EXPECT("forward-forward", AD(__nabla_fwddiff_d((void *)forward, x, 1.0), want), want);
  EXPECT("forward-reverse", AD(__nabla_fwddiff_d((void *)reverse, x, 1.0), want), want);
  EXPECT("reverse-forward", AD(__nabla_autodiff_d((void *)forward, x), want), want);
  EXPECT("reverse-reverse", AD(__nabla_autodiff_d((void *)reverse, x), want), want);
  EXPECT_TOL("differences", chk_fd1(reverse, x), want, 1e-7);
  return chk_exit();
}
