// RUN: %check %s
#include "check.h"
static double horner(double *c, int n) { double x = c[n - 1], s = 0; for (int i = n - 2; i >= 0; i--) s = s * x + c[i]; return s; }
static double clenshaw(double *c, int n) {
  double x = c[n - 1], b1 = 0, b2 = 0;
  for (int k = n - 2; k > 0; k--) { double t = 2 * x * b1 - b2 + c[k]; b2 = b1; b1 = t; }
  return x * b1 - b2 + c[0];
}
static double legendre(double *c, int n) {
  double x = c[0], p0 = 1, p1 = x, s = c[1] * p0 + c[2] * p1;
  for (int k = 2; k + 1 < n; k++) { double p = ((2 * k - 1) * x * p1 - (k - 1) * p0) / k; p0 = p1; p1 = p; s += c[k + 1] * p; }
  return s;
}
int main(void) {
  double c[] = {0.4, 1.2, -0.7, 0.4, 1.0, 0.3};
  CHECK_GRAD("horner", horner, c, 6);
  CHECK_GRAD("clenshaw", clenshaw, c, 6);
  CHECK_GRAD("legendre", legendre, c, 6);
  return chk_exit();
}
