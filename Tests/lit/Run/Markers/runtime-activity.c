// RUN: %check %s
#include "check.h"
extern int nabla_runtime_activity;
/* One array may be active or not; the caller says so by passing the primal as its own shadow. */
static double f(const double **rows, int n) { double s = 0; for (int i = 0; i < n; i++) s += rows[i][0] * rows[i][0] * rows[i][1]; return s; }
int main(void) {
  double a[] = {1, 2}, b[] = {3, 4}, da[] = {0, 0};
  const double *rows[] = {a, b};
  double *shadows[] = {da, b};
  AD_DO(__nabla_autodiff_v((void *)f, nabla_runtime_activity, nabla_dup, rows, shadows, 2), (da[0] = 4, da[1] = 1));
  EXPECT("da0", da[0], 4);
  EXPECT("da1", da[1], 1);
  EXPECT("b0", b[0], 3);
  EXPECT("b1", b[1], 4);
  return chk_exit();
}
