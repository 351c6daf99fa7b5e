// RUN: %check %s
#include "check.h"
#include <complex>
using C = std::complex<double>;
static double f(double *x, int n) {
  C z(x[0], x[1]), c(x[2], x[3]), r = 1.0;
  for (int i = 0; i < n; i++) r = r * z + c;
  r /= C(1.0, x[0]) + z;
  r -= 2.0 * std::conj(z);
  return std::norm(r) + r.real() * c.imag();
}
static C eval(const C *p, int n, C z) { C s = 0; for (int i = n - 1; i >= 0; i--) s = s * z + p[i]; return s; }
static double g(double *x, int n) { C p[2] = {C(x[0], x[1]), C(x[2], x[3])}; C v = eval(p, n / 2, C(0.5, -0.5)); return v.real() * v.imag(); }
int main() {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("complex", f, x, 4);
  CHECK_GRAD("horner", g, x, 4);
  return chk_exit();
}
