// RUN: %check %s
// LEVELS: -O0; -O1; -O2; opt
#include "check.h"
/* A functor without members is one byte that is copied at -O0 and holds nothing. */
struct Times { double operator()(double a, double b) const { return a * b; } };
struct Wrapper { Times op; double scale; };
static double combine(Times t, const double *x, int n) { Times copy = t; double s = 1; for (int i = 0; i < n; i++) s = copy(s, x[i] + 1); return s; }
static double f(double *x, int n) {
  auto op = [](double a) { return a * a; };
  auto other = op;
  Wrapper w{Times(), x[0]}, v = w;
  return combine(Times(), x, n) + other(x[0]) + v.op(v.scale, x[1]);
}
int main() {
  double x[] = {0.9, 1.2, 0.7};
  CHECK_GRAD("empty", f, x, 3);
  return chk_exit();
}
