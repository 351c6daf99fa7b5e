// RUN: %check %s
// REFUSE: (byte|part|piece|bits)
// The halves of bytes change places: nothing but bytes shows what the memory holds.
#include "check.h"
static double f(double *x, int n) {
  unsigned char buffer[64];
  for (int i = 0; i < n * 8; i++) buffer[i ^ 7] = ((unsigned char *)x)[i];
  double s = 1;
  for (int i = 0; i < n; i++) {
    unsigned char back[8];
    for (int k = 0; k < 8; k++) back[k ^ 7] = buffer[8 * i + k];
    double v;
    memcpy(&v, back, 8);
    s *= v;
  }
  return s;
}
int main(void) {
  double x[3] = {0.7, 0.9, 1.4};
  CHECK_GRAD("f", f, x, 3);
  return chk_exit();
}
