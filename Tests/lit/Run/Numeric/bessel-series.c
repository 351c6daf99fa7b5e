// RUN: %check %s
#include "check.h"
static double bessel(double nu, double x) {
  double term = 1, sum = 1, q = -0.25 * x * x;
  for (int k = 1; fabs(term) > 1e-17 && k < 60; k++) { term *= q / (k * (k + nu)); sum += term; }
  return sum * pow(0.5 * x, nu);
}
static double zeta_like(double s) { double sum = 0; for (int n = 1; n <= 40; n++) sum += pow(n, -s); return sum; }
static double hypergeometric(double a, double b, double z) { double t = 1, s = 1; for (int n = 0; n < 40; n++) { t *= (a + n) * (b + n) / ((2.5 + n) * (n + 1)) * z; s += t; } return s; }
int main(void) {
  CHECK2("bessel", bessel, 1.5, 2.3);
  CHECK1("zeta", zeta_like, 2.2);
  CHECK3("hypergeometric", hypergeometric, 0.7, 1.2, 0.4);
  return chk_exit();
}
