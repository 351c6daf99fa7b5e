// RUN: %check %s
// REFUSE: parts of an active floating-point number
// LEVELS: -O0; -O1; -O2; -O3
#include "check.h"
static void swap_bytes(void *a, void *b, size_t n) {
  char *p = (char *)a, *q = (char *)b;
  while (n--) {
    char t = *p;
    *p++ = *q;
    *q++ = t;
  }
}
static double f(double *x, int n) {
  swap_bytes(&x[0], &x[n - 1], sizeof *x);
  return x[0] * x[0] * x[1] + x[n - 1];
}
int main(void) {
  double x[] = {0.4, 1.2, 0.7};
  CHECK_GRAD("swapped", f, x, 3);
  return chk_exit();
}
