// RUN: %check %s
#include "check.h"
static double *largest(double *x, int n) { double *best = x; for (int i = 1; i < n; i++) if (x[i] > *best) best = x + i; return best; }
static const double *pick(const double *a, const double *b, int which) { return which ? a : b; }
static double f(double *x, int n) {
  double *m = largest(x, n);
  *m *= *m;
  double s = 0, other[8];
  for (int i = 0; i < n; i++) other[i] = x[i] * 0.5;
  for (int i = 0; i < n; i++) s += pick(x, other, i & 1)[i] * pick(other, x, i & 2)[0];
  return s + *largest(x, n);
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("picked", f, x, 4);
  return chk_exit();
}
