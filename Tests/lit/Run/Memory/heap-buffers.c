// RUN: %check %s
// SANITIZE
#include "check.h"
static double f(double *x, int n) {
  double *a = (double *)malloc(n * sizeof *a), *b = (double *)calloc(n, sizeof *b), s = 0;
  for (int i = 0; i < n; i++) a[i] = exp(0.3 * x[i]);
  for (int i = 0; i < n; i += 2) b[i] = a[i] * a[n - 1 - i];
  free(a);
  for (int i = 0; i < n; i++) s += b[i] * x[i];
  free(b);
  return s;
}
static double *scaled(const double *x, int n, double by) { double *r = (double *)malloc(n * sizeof *r); for (int i = 0; i < n; i++) r[i] = x[i] * by; return r; }
static double returned(double *x, int n) {
  double *p = scaled(x, n, x[0]), *q = scaled(p, n, 2), s = 0;
  free(p);
  for (int i = 0; i < n; i++) s += q[i] * q[i];
  free(q);
  return s;
}
int main(void) {
  double x[] = {0.9, 1.2, 0.7, -0.4, 0.1};
  CHECK_GRAD("heap", f, x, 5);
  CHECK_GRAD("returned", returned, x, 5);
  return chk_exit();
}
