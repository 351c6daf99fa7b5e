// RUN: %check %s
#include "check.h"
/* The reverse pass must know each turn's branch, though the variables that decided it are gone. */
static double f(double *x, int n) {
  double a = x[0], b = x[1];
  int state = 0;
  for (int i = 0; i < 12; i++) {
    int big = a > b, even = (state ^ i) & 1;
    if (big && even) a -= 0.3 * b;
    else if (big) { b = b * 1.2 + 0.1; state += 3; }
    else if (even) a = a * 1.3 + 0.05;
    else { double t = a; a = b; b = t * 0.8; state ^= 1; }
  }
  return a * b + n;
}
int main(void) {
  double x[] = {0.5, 0.9};
  CHECK_GRAD("kept", f, x, 2);
  x[0] = 1.7;
  CHECK_GRAD("kept", f, x, 2);
  return chk_exit();
}
