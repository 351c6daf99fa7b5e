// RUN: %check %s
#include "check.h"
static double t_ldexp(double x) { return ldexp(x * x, 3); }
static double t_scalbn(double x) { return sin(scalbn(x, -2)); }
static double t_frexp(double x) { int e; double m = frexp(x, &e); return m * m * e; }
static double split_and_join(double x) { int e; double m = frexp(x, &e); return ldexp(m, e) * x; }

int main(void) {
  CHECK1("ldexp", t_ldexp, 1.3);
  CHECK1("scalbn", t_scalbn, 2.9);
  CHECK1("frexp", t_frexp, 11.7);
  CHECK1("split-and-join", split_and_join, 5.5);
  return chk_exit();
}
