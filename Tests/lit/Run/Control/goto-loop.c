// RUN: %check %s
#include "check.h"
static double f(double *x, int n) {
  double s = 1;
  int i = 0;
again:
  if (i >= n) goto done;
  s = s * cos(x[i]) + x[i];
  if (s < 0) goto fix;
next:
  i++;
  goto again;
fix:
  s = s * s + 0.5;
  goto next;
done:
  return s;
}
int main(void) {
  double x[] = {0.5, -2.5, 1.5, 3.0, -0.3};
  CHECK_GRAD("goto", f, x, 5);
  return chk_exit();
}
