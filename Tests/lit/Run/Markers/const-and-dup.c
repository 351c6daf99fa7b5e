// RUN: %check %s
#include "check.h"
static double inner(const double *a, const double *b, int n) { double s = 0; for (int i = 0; i < n; i++) s += a[i] * b[i] * b[i]; return s; }
int main(void) {
  double a[] = {1, 2, 3}, b[] = {4, 5, 6}, da[3] = {0}, db[3] = {0}, u[3] = {1, 0, -1};
  /* one function, four requests with different activities */
  AD_DO(__nabla_autodiff_v((void *)inner, nabla_dup, a, da, nabla_const, b, nabla_const, 3), (da[0] = 16, da[2] = 36));
  EXPECT("a-only", da[0], 16);
  EXPECT("a-only", da[2], 36);
  AD_DO(__nabla_autodiff_v((void *)inner, nabla_const, a, nabla_dup, b, db, 3), (db[1] = 20));
  EXPECT("b-only", db[1], 2 * 2 * 5);
  AD_DO(__nabla_autodiff_v((void *)inner, a, da, b, db, 3), (da[0] += 16, db[1] += 20));
  EXPECT("accumulates-a", da[0], 32);
  EXPECT("accumulates-b", db[1], 40);
  EXPECT("forward-a", AD(__nabla_fwddiff_d((void *)inner, a, u, nabla_const, b, 3), -20), 16 - 36);
  EXPECT("forward-b", AD(__nabla_fwddiff_d((void *)inner, nabla_const, a, b, u, 3), -28), 2 * 4 - 3 * 2 * 6);
  EXPECT("all-const", b[0] + a[2], 7);
  return chk_exit();
}
