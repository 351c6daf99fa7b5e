// RUN: %check %s
#include "check.h"
static double f(double *x, int n) {
  double s = 0;
  char text[64];
  for (int i = 0; i < n; i++) {
    s += x[i] * x[i] * s + x[i];
    snprintf(text, sizeof text, "step %d: %.3f", i, s);
    if (text[0] != 's') return 0;
  }
  fprintf(stderr, "sum %g\n", s);
  puts("printed");
  return s;
}
int main(void) {
  double x[] = {0.4, 1.2, -0.7};
  CHECK_GRAD("printed", f, x, 3);
  return chk_exit();
}
