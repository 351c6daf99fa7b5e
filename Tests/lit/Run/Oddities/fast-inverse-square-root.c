// RUN: %check %s
// REFUSE: bits of an active floating-point number
// ALLOW-REFUSE
#include "check.h"
/* The bit trick only starts the iteration; two Newton steps carry the slope approximately: compare forward with reverse. */
static double rsqrt(double x) {
  uint64_t i;
  double y;
  memcpy(&i, &x, 8);
  i = 0x5fe6eb50c7b537a9ull - (i >> 1);
  memcpy(&y, &i, 8);
  for (int k = 0; k < 4; k++) y *= 1.5 - 0.5 * x * y * y;
  return y;
}
int main(void) {
  double r = AD(__nabla_autodiff_d((void *)rsqrt, 2.7), -0.5 * pow(2.7, -1.5));
  EXPECT_TOL("slope", r, -0.5 * pow(2.7, -1.5), 1e-6);
  EXPECT("forward", AD(__nabla_fwddiff_d((void *)rsqrt, 2.7, 1.0), r), r);
  return chk_exit();
}
