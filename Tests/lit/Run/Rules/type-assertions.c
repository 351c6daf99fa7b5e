// RUN: %check %s
#include "check.h"
void __nabla_double(void *, ...);
void __nabla_integer(void *, ...);
static double f(double *x, int n) {
  unsigned char raw[32];
  AD_DO(__nabla_double(raw, 32), (void)0);
  memcpy(raw, x, 8 * (size_t)n);
  double y[4], s = 0;
  memcpy(y, raw, 8 * (size_t)n);
  for (int i = 0; i < n; i++) s += y[i] * y[i] * y[0];
  return s;
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("asserted", f, x, 4);
  return chk_exit();
}
