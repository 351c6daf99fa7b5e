// RUN: %check %s
#include "check.h"
__attribute__((visibility("hidden"))) double hidden(double x) { return x * x; }
__attribute__((always_inline)) static inline double inlined(double x) { return sin(x) * hidden(x); }
__attribute__((noinline, pure)) double pure_function(const double *x) { return x[0] * x[1]; }
__attribute__((const, noinline)) double const_function(double a) { return exp(-a); }
double original(double x) { return x * x * x; }
double alias_of(double x) __attribute__((alias("original")));
static double f(double *x, int n) { return inlined(x[0]) + pure_function(x) * const_function(x[1]) + alias_of(x[n - 1]); }
int main(void) {
  double x[] = {0.4, 1.2};
  CHECK_GRAD("attributes", f, x, 2);
  return chk_exit();
}
