// RUN: %check %s
#include "check.h"
static double odd(double x, int n);
static double even(double x, int n) { return n == 0 ? 1 : x * odd(x + 0.1, n - 1); }
static double odd(double x, int n) { return n == 0 ? x : sin(even(x * 0.9, n - 1)); }
static double b(const double *x, int n), c(const double *x, int n);
static double a(const double *x, int n) { return n <= 0 ? 0.2 : x[0] * b(x + 1, n - 1); }
static double b(const double *x, int n) { return n <= 0 ? 0.3 : x[0] + c(x + 1, n - 1) * x[0]; }
static double c(const double *x, int n) { return n <= 0 ? 0.4 : exp(-x[0]) * a(x + 1, n - 1); }
static double two(double x) { return even(x, 5) + odd(x, 4); }
static double three(double *x, int n) { return a(x, n); }
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4, 0.6, 1.3, 0.2};
  CHECK1("two", two, 0.8);
  CHECK_GRAD("three", three, x, 7);
  return chk_exit();
}
