// RUN: %check %s
// REFUSE: parts of an active floating-point number
// LEVELS: -O0; -O1; -O2; -O3
#include "check.h"
static double flipped(double *x, int n) {
  unsigned char *bytes = (unsigned char *)x;
  bytes[sizeof(double) - 1] ^= 0x80;
  return x[0] * x[n - 1];
}
int main(void) {
  double x[] = {0.4, 1.2, 0.7};
  CHECK_GRAD("flipped", flipped, x, 3);
  return chk_exit();
}
