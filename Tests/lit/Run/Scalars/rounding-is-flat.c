// RUN: %check %s
#include "check.h"
static double t_floor(double x) { return x * floor(x); }
static double t_ceil(double x) { return x * ceil(x); }
static double t_round(double x) { return x * round(x) + rint(x); }
static double t_trunc(double x) { return x * trunc(x) + nearbyint(x); }
static double fraction(double x) { double w; double f = modf(x, &w); return f * f + w; }
static double t_fmod(double x, double y) { return fmod(x, y); }
static double t_remainder(double x) { return remainder(x, 2.0) * x; }
static double through_int(double x) { return x * (int)x + (long)(2 * x); }

int main(void) {
  CHECK1("floor", t_floor, 2.3);
  CHECK1("ceil", t_ceil, 2.3);
  CHECK1("round", t_round, 2.7);
  CHECK1("trunc", t_trunc, -2.3);
  CHECK1("modf", fraction, 3.4);
  CHECK2("fmod", t_fmod, 7.3, 2.1);
  CHECK1("remainder", t_remainder, 4.7);
  CHECK1("through-int", through_int, 5.3);
  return chk_exit();
}
