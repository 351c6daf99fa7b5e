// RUN: %check %s
/* At a tie any subgradient will do, but the shares must add up to one, and forward must agree with reverse. */
#include "check.h"
static double larger(double x, double y) { return fmax(x, y); }
static double smaller(double x, double y) { return x < y ? x : y; }

int main(void) {
  struct chk_2 g = {0.5, 0.5}, h = {0, 1};
  double t = 1.0, s = 0.5;
  AD_DO(g = __nabla_autodiff_d2((void *)larger, 2.0, 2.0), (void)0);
  AD_DO(h = __nabla_autodiff_d2((void *)smaller, 3.0, 3.0), (void)0);
  EXPECT("max-sum", g.a + g.b, 1.0);
  EXPECT("min-sum", h.a + h.b, 1.0);
  t = AD(__nabla_fwddiff_d((void *)larger, 2.0, 1.0, 2.0, 1.0), t);
  EXPECT("max-diagonal", t, 1.0);
  s = AD(__nabla_fwddiff_d((void *)larger, 2.0, 1.0, 2.0, 0.0), s);
  EXPECT("max-agrees", s, g.a);
  return chk_exit();
}
