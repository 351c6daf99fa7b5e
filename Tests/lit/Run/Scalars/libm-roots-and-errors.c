// RUN: %check %s
#define CHECK_FD_TOL 2e-6
#include "check.h"
static double t_sqrt(double x) { return sqrt(x); }
static double t_cbrt(double x) { return cbrt(x); }
static double t_erf(double x) { return erf(x); }
static double t_erfc(double x) { return erfc(x); }
static double t_hypot(double x, double y) { return hypot(x, y); }
static double t_fma(double a, double b, double c) { return fma(a, b, c); }
static double t_j0(double x) { return j0(x); }
static double t_j1(double x) { return j1(x); }
static double t_y0(double x) { return y0(x); }
static double t_y1(double x) { return y1(x); }
static double t_jn(double x) { return jn(3, x); }

int main(void) {
  CHECK1("sqrt", t_sqrt, 2.0);
  CHECK1("cbrt", t_cbrt, 3.0);
  CHECK1("erf", t_erf, 0.4);
  CHECK1("erfc", t_erfc, 0.9);
  CHECK2("hypot", t_hypot, 3.0, -4.0);
  CHECK3("fma", t_fma, 1.5, -2.0, 0.3);
  CHECK1("j0", t_j0, 1.4);
  CHECK1("j1", t_j1, 2.1);
  CHECK1("y0", t_y0, 1.9);
  CHECK1("y1", t_y1, 2.6);
  CHECK1("jn", t_jn, 4.2);
  return chk_exit();
}
