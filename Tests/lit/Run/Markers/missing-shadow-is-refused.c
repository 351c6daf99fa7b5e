// RUN: %check %s
// REFUSE: (shadow|operand|argument)
#include "check.h"
static double f(const double *x, const double *y) { return x[0] * y[0]; }
int main(void) {
  double x[1] = {2}, dx[1] = {0}, y[1] = {3};
  AD_DO(__nabla_autodiff_v((void *)f, nabla_dup, x, dx, nabla_dup, y), dx[0] = 3);
  EXPECT("dx", dx[0], 3);
  return chk_exit();
}
