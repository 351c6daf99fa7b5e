// RUN: %check %s
#include "check.h"
static void f(const double *x, double *y) { y[0] = x[0] * x[1]; y[1] = exp(y[0]); y[0] = y[1] * x[0]; }
int main(void) {
  double x[] = {0.5, 1.5}, dx[] = {0, 0}, y[2], dy[] = {1, 0}, ty[2], u[] = {1, 0}, e = exp(0.75), want = e + 0.5 * e * 1.5;
  AD_DO(__nabla_autodiff_v((void *)f, nabla_dup, x, dx, nabla_dupnoneed, y, dy), (dx[0] = want, dx[1] = 0.25 * e));
  EXPECT("dx0", dx[0], want);
  EXPECT("dx1", dx[1], 0.25 * e);
  AD_DO(__nabla_fwddiff_v((void *)f, nabla_dup, x, u, nabla_dupnoneed, y, ty), (ty[0] = want, ty[1] = 1.5 * e));
  EXPECT("ty0", ty[0], want);
  EXPECT("ty1", ty[1], 1.5 * e);
  return chk_exit();
}
