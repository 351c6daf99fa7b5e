// RUN: %check %s
// REFUSE: integer arithmetic on the bits
// LEVELS: -O0; -O1; -O2; -O3
#include "check.h"
typedef int64_t __attribute__((may_alias)) word;
/* The fast inverse square root, on numbers in memory: a guess from the exponent, and a step of Newton's method. */
static double f(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    word bits = 0x5fe6eb50c7b537a9 - (*(word *)&x[i] >> 1);
    double y = *(double *)&bits;
    y = y * (1.5 - 0.5 * x[i] * y * y);
    s += y;
  }
  return s;
}
int main(void) {
  double x[] = {0.4, 1.2, 0.7};
  CHECK_GRAD("inverse square root", f, x, 3);
  return chk_exit();
}
