// RUN: %check %s
/* Where a derivative does not exist the result must not spoil the others: sqrt, hypot, norm and pow at 0, and 0 times infinity. */
#include "check.h"
static double norm_of(double *x, int n) { double s = 0; for (int i = 0; i < n; i++) s += x[i] * x[i]; return s > 0 ? sqrt(s) : 0; }
static double power_zero(double x) { return pow(x, 2.0) + pow(x, 1.0) + pow(x, 0.0); }
static double guarded(double x) { return x == 0 ? 1 : sin(x) / x; }
static double saturated(double x) { return tanh(1e3 * x) + 1 / (1 + exp(-1e3 * x)); }
static double base_zero(double *x, int n) { (void)n; return pow(x[0], 3) * x[1]; }
int main(void) {
  double z[3] = {0, 0, 0}, dz[3] = {0, 0, 0}, b[2] = {0, 2}, db[2] = {0, 0};
  AD_DO(__nabla_autodiff_v((void *)norm_of, z, dz, 3), (void)0);
  for (int i = 0; i < 3; i++) EXPECT("norm-at-zero", dz[i], 0.0);
  AD_DO(__nabla_autodiff_v((void *)base_zero, b, db, 2), (void)0);
  EXPECT("base-zero", db[0], 0.0);
  EXPECT("base-zero", db[1], 0.0);
  EXPECT("power-zero", AD(__nabla_autodiff_d((void *)power_zero, 0.0), 1.0), 1.0);
  EXPECT("guarded", AD(__nabla_autodiff_d((void *)guarded, 0.0), 0.0), 0.0);
  EXPECT("saturated", AD(__nabla_autodiff_d((void *)saturated, 5.0), 0.0), 0.0);
  EXPECT("saturated-forward", AD(__nabla_fwddiff_d((void *)saturated, 5.0, 1.0), 0.0), 0.0);
  return chk_exit();
}
