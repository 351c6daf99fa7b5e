// RUN: %check %s
#include "check.h"
typedef double (*Unary)(double);
static double square(double x) { return x * x; }
static double half(double x) { return 0.5 * x; }
static double inactive(double x) { (void)x; return 2.5; }
static const Unary table[] = {sin, square, half, inactive, exp};
static Unary chosen[2] = {square, half};
static double f(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += table[i % 5](x[i]) * chosen[i & 1](x[0]);
  return s;
}
static double from_parameter(double (*g)(double), double x) { return g(g(x)) * x; }
static double h(double x) { return from_parameter(square, x) + from_parameter(x > 0 ? half : square, x); }
int main(void) {
  double x[] = {0.4, 1.2, -0.7, 0.8, 0.3};
  CHECK_GRAD("table", f, x, 5);
  CHECK1("parameter", h, 1.3);
  CHECK1("parameter", h, -1.3);
  return chk_exit();
}
