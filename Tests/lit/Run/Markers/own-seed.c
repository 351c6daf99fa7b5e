// RUN: %check %s
#include "check.h"
extern int nabla_seed;
static double f(double x) { return x * x * x; }
static double g(const double *x, int n) { double s = 0; for (int i = 0; i < n; i++) s += x[i] * x[i]; return s; }
int main(void) {
  double x[] = {1, 2}, d[] = {0, 0};
  EXPECT("scalar", AD(__nabla_autodiff_d((void *)f, nabla_seed, 0.5, nabla_out, 2.0), 6), 6);
  AD_DO(__nabla_autodiff_v((void *)g, nabla_seed, 10.0, x, d, 2), (d[0] = 20, d[1] = 40));
  EXPECT("d0", d[0], 20);
  EXPECT("d1", d[1], 40);
  return chk_exit();
}
