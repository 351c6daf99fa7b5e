// RUN: %check %s
#include "check.h"
typedef union { double d; int64_t i; } Both;
static double exponent_scaled(double x) { Both b; b.d = x; int e = (int)((b.i >> 52) & 0x7ff) - 1023; return x * e; }
static double used_both_ways(double *x, int n) {
  Both b[4];
  double s = 0;
  for (int k = 0; k < n; k++) { if (k & 1) b[k].i = k * 10; else b[k].d = x[k] * x[k]; }
  for (int k = 0; k < n; k++) s += k & 1 ? (double)b[k].i * x[k] : b[k].d;
  return s;
}
int main(void) {
  double x[] = {0.4, 1.2, -0.7, 0.9};
  CHECK1("exponent", exponent_scaled, 13.0);
  CHECK_GRAD("both", used_both_ways, x, 4);
  return chk_exit();
}
