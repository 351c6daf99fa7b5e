// RUN: %check %s
#include "check.h"
static void multiply(const double *a, const double *b, double *c, int n) { for (int i = 0; i < n; i++) c[i] = a[i] * b[i] + 0.5 * a[i]; }
static void scan(const double *in, double *out, int n) { out[0] = in[0]; for (int i = 1; i < n; i++) out[i] = out[i - 1] * in[i]; }
static double f(double *x, int n) {
  multiply(x, x, x, n);   /* all three the same */
  scan(x, x, n);
  double s = 0;
  for (int i = 0; i < n; i++) s += x[i];
  return s;
}
static void step(double *x) { multiply(x, x + 1, x + 1, 3); }
int main(void) {
  double x[] = {0.9, 1.2, 0.7, 1.4};
  CHECK_GRAD("aliased", f, x, 4);
  CHECK_MAP("overlapping", step, x, 4);
  return chk_exit();
}
