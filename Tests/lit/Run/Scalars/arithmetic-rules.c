// RUN: %check %s
#include "check.h"
static double quotient(double a, double b) { return a / b; }
static double mixed(double a, double b, double c) { return (a - b) * c / (a + c) - -b; }
static double shared(double x) { double t = x * x; return t * t + t / (1 + t); }
static double cancelled(double x) { return (x + 1e3) - 1e3 + 0 * x; }
static double unused(double x, double y) { double t = y * y; (void)t; return 3 * x; }
static double constant(double x) { (void)x; return 42.0; }
static double identity(double x) { return x; }

int main(void) {
  CHECK2("quotient", quotient, 3.0, -0.7);
  CHECK3("mixed", mixed, 1.0, 2.0, 3.0);
  CHECK1("shared", shared, 0.8);
  CHECK1("cancelled", cancelled, 2.0);
  CHECK2("unused", unused, 1.0, 2.0);
  CHECK1("constant", constant, 2.0);
  CHECK1("identity", identity, 2.0);
  return chk_exit();
}
