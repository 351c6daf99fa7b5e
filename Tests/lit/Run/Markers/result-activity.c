// RUN: %check %s
#include "check.h"
extern int nabla_const_return;
/* The returned status is no part of the derivative; the output is. */
static double f(const double *x, double *y) { y[0] = x[0] * x[1]; return x[0] + 100; }
int main(void) {
  double x[] = {3, 5}, dx[] = {0, 0}, y[1], dy[] = {2};
  AD_DO(__nabla_autodiff_v((void *)f, nabla_const_return, x, dx, y, dy), (dx[0] = 10, dx[1] = 6, y[0] = 15));
  EXPECT("dx0", dx[0], 10);
  EXPECT("dx1", dx[1], 6);
  EXPECT("y", y[0], 15);
  return chk_exit();
}
