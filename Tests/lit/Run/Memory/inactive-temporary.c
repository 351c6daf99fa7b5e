// RUN: %check %s
#include "check.h"
/* Active values pass through memory that looks like plain bytes. */
static double through_chars(double *x, int n) {
  unsigned char bytes[sizeof(double) * 4];
  double back[4], s = 0;
  memcpy(bytes, x, n * sizeof *x);
  memcpy(back, bytes, n * sizeof *x);
  for (int i = 0; i < n; i++) s += back[i] * back[i] * back[(i + 1) % n];
  return s;
}
static double reused(double *x, int n) {
  double t = 3;              /* first a constant, then active, then a constant again */
  double s = t * x[0];
  t = x[1] * x[1];
  s += t;
  t = n;
  return s * t;
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("chars", through_chars, x, 4);
  CHECK_GRAD("reused", reused, x, 4);
  return chk_exit();
}
