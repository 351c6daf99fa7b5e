// RUN: %check %s
// REFUSE: (cexp|cabs|carg|csqrt|cpow|clog)
// ALLOW-REFUSE
#include "check.h"
#include <complex.h>
static double f(double *x, int n) {
  double _Complex z = x[0] + x[1] * I;
  return cabs(cexp(z) + csqrt(z)) + carg(z) + creal(clog(z)) + cimag(cpow(z, 2.5)) + 0 * n;
}
int main(void) {
  double x[] = {0.4, 1.2};
  CHECK_GRAD("complex", f, x, 2);
  return chk_exit();
}
