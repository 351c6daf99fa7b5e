// RUN: %check %s
#include "check.h"
static double t_sin(double x) { return sin(x); }
static double t_cos(double x) { return cos(x); }
static double t_tan(double x) { return tan(x); }
static double t_asin(double x) { return asin(x); }
static double t_acos(double x) { return acos(x); }
static double t_atan(double x) { return atan(x); }
static double t_sinh(double x) { return sinh(x); }
static double t_cosh(double x) { return cosh(x); }
static double t_tanh(double x) { return tanh(x); }
static double t_asinh(double x) { return asinh(x); }
static double t_acosh(double x) { return acosh(x); }
static double t_atanh(double x) { return atanh(x); }
static double t_atan2(double y, double x) { return atan2(y, x); }

int main(void) {
  CHECK1("sin", t_sin, 0.7);
  CHECK1("cos", t_cos, -1.3);
  CHECK1("tan", t_tan, 0.4);
  CHECK1("asin", t_asin, 0.3);
  CHECK1("acos", t_acos, -0.6);
  CHECK1("atan", t_atan, 2.5);
  CHECK1("sinh", t_sinh, 1.1);
  CHECK1("cosh", t_cosh, -0.8);
  CHECK1("tanh", t_tanh, 0.9);
  CHECK1("asinh", t_asinh, -2.0);
  CHECK1("acosh", t_acosh, 1.7);
  CHECK1("atanh", t_atanh, 0.25);
  CHECK2("atan2", t_atan2, 0.8, -1.2);
  CHECK2("atan2-below", t_atan2, -2.8, -1.2);
  return chk_exit();
}
