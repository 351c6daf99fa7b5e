// RUN: %check %s
#include "check.h"
static double t_fabs(double x) { return x * fabs(x); }
static double t_copysign(double x, double y) { return copysign(x, y); }
static double ternary_abs(double x) { return x < 0 ? -x * x : x * x * x; }
static double sign_times(double x) { return ((x > 0) - (x < 0)) * x * sin(x); }
static double by_square(double x) { return sqrt(x * x); }

int main(void) {
  CHECK1("fabs+", t_fabs, 1.2);
  CHECK1("fabs-", t_fabs, -1.2);
  CHECK2("copysign-flips", t_copysign, 2.5, -0.3);
  CHECK2("copysign-keeps", t_copysign, -2.5, -0.3);
  CHECK1("ternary+", ternary_abs, 0.8);
  CHECK1("ternary-", ternary_abs, -0.8);
  CHECK1("sign+", sign_times, 0.9);
  CHECK1("sign-", sign_times, -0.9);
  CHECK1("root-of-square", by_square, -4.0);
  return chk_exit();
}
