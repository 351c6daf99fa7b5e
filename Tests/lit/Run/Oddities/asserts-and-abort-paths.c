// RUN: %check %s
#include "check.h"
#include <assert.h>
#include <errno.h>
static double safe_sqrt(double x) { if (!(x >= 0)) { errno = EDOM; fprintf(stderr, "negative\n"); abort(); } return sqrt(x); }
static double safe_log(double x) { assert(x > 0 && "logarithm"); return log(x); }
static double f(double *x, int n) { double s = 0; for (int i = 0; i < n; i++) { if (isnan(x[i])) exit(3); s += safe_sqrt(x[i]) * safe_log(x[i]); } return s; }
int main(void) {
  double x[] = {0.4, 1.2, 0.7};
  CHECK_GRAD("guards", f, x, 3);
  return chk_exit();
}
