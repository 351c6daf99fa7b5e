// RUN: %check %s
/* Logarithms of libraries take the fraction of a number and give it a constant exponent: a multiplication by a power of
   two, whose derivative is that power. The exponent itself is a step function. */
#include "check.h"

static double fraction(double x) {
  uint64_t bits;
  memcpy(&bits, &x, 8);
  bits = (bits & 0x800fffffffffffffu) | 0x3fe0000000000000u;
  memcpy(&x, &bits, 8);
  return x;
}
static double exponent(double x) {
  uint64_t bits;
  memcpy(&bits, &x, 8);
  return (double)((int)(bits >> 52 & 2047) - 1022);
}
/* Newton's root of the fraction: the same steps for all numbers. */
static double root(double x) {
  double m = fraction(x), e = exponent(x), y = 0.8;
  for (int i = 0; i < 6; i++) y = 0.5 * (y + m / y);
  return y * exp2(0.5 * e);
}
static double f(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += root(x[i]) * (i + 1) + 0.5 * root(x[i] * x[i]) * (x[i] > 0 ? fraction(-x[i] * 40) : 1);
  return s;
}
static double g(double x) {
  float m = (float)x;
  uint32_t bits;
  memcpy(&bits, &m, 4);
  bits = (bits & 0x007fffff) | 0x3f800000;
  memcpy(&m, &bits, 4);
  return (double)m * m;
}
int main(void) {
  double x[] = {0.3, 1.7, 5.1e3, 7.3e-2, 2.9, 6.4e1};
  CHECK_GRAD("square roots", f, x, 6);
  EXPECT_TOL("float", AD(__nabla_autodiff_d((void *)g, 13.0), 2 * 13.0 / 64), 2 * 13.0 / 64, 1e-6);
  EXPECT_TOL("float, forward", AD(__nabla_fwddiff_d((void *)g, 13.0, 1.0), 2 * 13.0 / 64), 2 * 13.0 / 64, 1e-6);
  /* Zero has no fraction: what is computed from it is not taken. */
  double zero[] = {0.0, 1.0}, d[] = {0, 0};
  AD_DO(__nabla_autodiff_v((void *)f, zero, d, 2), (d[0] = d[1] = 0));
  EXPECT("finite", isfinite(d[1]), 1);
  return chk_exit();
}
