// RUN: %check %s
#include "check.h"
extern int nabla_interleave;
static double f(const double *a, const double *b, int n) { double s = 0; for (int i = 0; i < n; i++) s += a[i] * b[i]; return s; }
int main(void) {
  double a[] = {1, 2}, b[] = {3, 4}, da[] = {0, 0}, db[] = {0, 0};
  AD_DO(__nabla_autodiff_v((void *)f, nabla_dup, a, nabla_dup, b, nabla_const, 2, nabla_interleave, da, db), (da[1] = 4, db[1] = 2));
  EXPECT("da", da[1], 4);
  EXPECT("db", db[1], 2);
  return chk_exit();
}
