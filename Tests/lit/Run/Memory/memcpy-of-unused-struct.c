// RUN: %check %s
#include "check.h"
typedef struct { double v[3]; char name[8]; } Options;
static double f(double *x, int n) {
  Options given = {{x[0], 1, 2}, "abc"}, copy;
  memcpy(&copy, &given, sizeof copy);
  Options unused = copy;
  (void)unused;
  return x[0] * x[n - 1] + given.v[0];
}
int main(void) {
  double x[] = {0.9, 1.2};
  CHECK_GRAD("unused", f, x, 2);
  return chk_exit();
}
