// RUN: %check %s
#include "check.h"
#include <complex.h>
/* Complex numbers of long double are passed in memory; inverse functions; the point at infinity. */
static double absolute(double x) { return (double)cabsl(x + 2 * x * x * (long double complex)I); }
static double argument(double x) { return (double)cargl(x * x + x * (long double complex)I); }
static double composed(double x) {
  long double complex z = x + 0.5L * I, w = cexpl(z) * csqrtl(1 + x * I) + clogl(z * z) + cpowl(z, 2 + x * I);
  return (double)(creall(w) * cimagl(ctanhl(w * 0.1L)));
}
static double inverse(double x) {
  double complex z = x + 0.3 * I;
  return creal(catan(z) + casin(z) * cacosh(z + 1)) + cimag(casinh(z) * cacos(z) + catanh(z * 0.5)) + cabs(cproj(z * z));
}
static double inverse_single(double x) {
  float complex z = (float)x + 0.3f * I;
  return crealf(catanf(z)) + 0.0 * x;
}
int main() {
  CHECK1("absolute", absolute, 0.6);
  CHECK1("argument", argument, 0.6);
  CHECK1("composed", composed, 0.6);
  CHECK1("inverse", inverse, 0.6);
  double complex z = 0.6 + 0.3 * I;
  EXPECT_TOL("single", __nabla_fwddiff_d((void *)inverse_single, nabla_dup, 0.6, 1.0), creal(1 / (1 + z * z)), 1e-5);
  return chk_exit();
}
