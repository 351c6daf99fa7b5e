// RUN: %check %s
#include "check.h"
#include <complex.h>
static double f(double *x, int n) {
  double _Complex z = x[0] + x[1] * I, w = x[2] + x[3] * I, r = 1;
  for (int i = 0; i < n; i++) r = r * z + w;
  r = r / (z * z + 2.0);
  return creal(r) * cimag(r) + creal(conj(w) * z);
}
static double impedance(double *x, int n) {
  double _Complex s = I * x[0], z = x[1] + s * x[2] + 1 / (s * x[3]);
  double re = creal(z), im = cimag(z);
  return sqrt(re * re + im * im) * n;
}
int main(void) {
  double x[] = {0.4, 1.2, -0.7, 0.9};
  CHECK_GRAD("polynomial", f, x, 4);
  CHECK_GRAD("impedance", impedance, x, 4);
  return chk_exit();
}
