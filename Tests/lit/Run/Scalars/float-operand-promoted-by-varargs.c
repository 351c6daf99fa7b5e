// RUN: %check %s
/* A variadic prototype promotes float to double on the way; the hook converts back. */
#include "check.h"
float __nabla_autodiff_f(float (*)(float), ...);
float __nabla_fwddiff_f(float (*)(float), ...);
static float softplus(float x) { return log1pf(expf(x)); }
int main(void) {
  float x = 0.4f, want = (float)(1 / (1 + exp(-0.4)));
  EXPECT_TOL("reverse", AD(__nabla_autodiff_f(softplus, x), want), want, 1e-5);
  EXPECT_TOL("forward", AD(__nabla_fwddiff_f(softplus, x, 2.0f), 2 * want), 2 * want, 1e-5);
  return chk_exit();
}
