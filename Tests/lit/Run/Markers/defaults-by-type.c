// RUN: %check %s
#include "check.h"
struct two { double dx, dz; };
struct two __nabla_autodiff_two(void *, ...);
static double f(double x, int n, const double *p, double z, long m) { return x * n + p[0] * z * (double)m; }
int main(void) {
  double p[] = {2}, dp[] = {0};
  struct two g = {3, 14};
  AD_DO(g = __nabla_autodiff_two((void *)f, 1.5, 3, p, dp, 4.0, 7L), dp[0] = 28);
  EXPECT("dx", g.dx, 3);
  EXPECT("dz", g.dz, 14);
  EXPECT("dp", dp[0], 28);
  dp[0] = 10;
  EXPECT("forward", AD(__nabla_fwddiff_d((void *)f, 1.5, 1.0, 3, p, dp, 4.0, 100.0, 7L), 1683), 3 + 280 + 1400);
  return chk_exit();
}
