// RUN: %check %s
#include "check.h"
static double model(double a, double b, const double *p, int n) { double s = 0; for (int i = 0; i < n; i++) s += sin(a * p[i]) * b; return s; }
int main(void) {
  double p[] = {0.3, 0.8}, dp[] = {0, 0}, u[] = {1, 1}, a = 1.2, b = 0.7;
  double ga = 0, gb = 0, gp = 0;
  for (int i = 0; i < 2; i++) { ga += p[i] * cos(a * p[i]) * b; gb += sin(a * p[i]); gp += a * cos(a * p[i]) * b; }
  EXPECT("a", AD(__nabla_autodiff_d((void *)model, nabla_out, a, nabla_const, b, nabla_const, p, 2), ga), ga);
  EXPECT("b", AD(__nabla_autodiff_d((void *)model, nabla_const, a, nabla_out, b, nabla_const, p, 2), gb), gb);
  AD_DO(__nabla_autodiff_v((void *)model, nabla_const, a, nabla_const, b, p, dp, 2), (dp[0] = gp, dp[1] = 0));
  EXPECT("p", dp[0] + dp[1], gp);
  EXPECT("fa", AD(__nabla_fwddiff_d((void *)model, a, 1.0, nabla_const, b, nabla_const, p, 2), ga), ga);
  EXPECT("fb", AD(__nabla_fwddiff_d((void *)model, nabla_const, a, b, 1.0, nabla_const, p, 2), gb), gb);
  EXPECT("fp", AD(__nabla_fwddiff_d((void *)model, nabla_const, a, nabla_const, b, p, u, 2), gp), gp);
  struct chk_2 g = {ga, gb};
  AD_DO(g = __nabla_autodiff_d2((void *)model, a, b, nabla_const, p, 2), (void)0);
  EXPECT("ab", g.a + 2 * g.b, ga + 2 * gb);
  return chk_exit();
}
