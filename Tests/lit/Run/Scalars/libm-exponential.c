// RUN: %check %s
#define _GNU_SOURCE
#include "check.h"
static double t_exp(double x) { return exp(x); }
static double t_exp2(double x) { return exp2(x); }
static double t_exp10(double x) { return exp10(x); }
static double t_expm1(double x) { return expm1(x); }
static double t_log(double x) { return log(x); }
static double t_log2(double x) { return log2(x); }
static double t_log10(double x) { return log10(x); }
static double t_log1p(double x) { return log1p(x); }
static double t_logb(double x) { return logb(x) * x; }
static double t_pow(double x, double y) { return pow(x, y); }
static double square(double x) { return pow(x, 2); }
static double cube(double x) { return pow(x, 3.0); }
static double power_of_two(double x) { return pow(2.0, x); }
static double inverse_root(double x) { return pow(x, -0.5); }

int main(void) {
  CHECK1("exp", t_exp, 0.5);
  CHECK1("exp2", t_exp2, 1.5);
  CHECK1("exp10", t_exp10, -0.3);
  CHECK1("expm1", t_expm1, 1e-3);
  CHECK1("log", t_log, 2.2);
  CHECK1("log2", t_log2, 3.0);
  CHECK1("log10", t_log10, 0.4);
  CHECK1("log1p", t_log1p, 0.02);
  CHECK1("logb", t_logb, 5.3);
  CHECK2("pow", t_pow, 1.7, 2.3);
  CHECK1("square", square, -3.0);
  CHECK1("cube", cube, -1.5);
  CHECK1("power-of-two", power_of_two, 0.6);
  CHECK1("inverse-root", inverse_root, 4.0);
  return chk_exit();
}
