// RUN: %check %s
#include "check.h"
static double f(double *x, int n) {
  double s = 0, last = 1;
  int i = 0;
  while (s < 30) {
    if (i == n) break;
    double t = x[i++];
    if (fabs(t) < 0.1) continue;
    s += t * last;
    if (s < -5) { s = s * s; break; }
    last = t;
  }
  return s * last + i;
}
int main(void) {
  double full[] = {1, 0.03, 2, 3, 0.5}, high[] = {4, 5, 6, 7, 8}, low[] = {-3, 4, 2, 1, 1};
  CHECK_GRAD("end", f, full, 5);
  CHECK_GRAD("high", f, high, 5);
  CHECK_GRAD("low", f, low, 5);
  return chk_exit();
}
