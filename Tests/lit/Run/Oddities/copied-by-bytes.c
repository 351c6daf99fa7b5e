// RUN: %check %s
// Numbers copied byte by byte, by a loop of one's own.
#include "check.h"

static void copy(void *to, const void *from, size_t n) {
  unsigned char *t = to;
  const unsigned char *f = from;
  while (n--) *t++ = *f++;
}

static double bytes(double *x, int n) {
  unsigned char buffer[64];
  for (int i = 0; i < n * 8; i++) buffer[i] = ((unsigned char *)x)[i];
  double s = 1;
  for (int i = 0; i < n; i++) {
    double v;
    memcpy(&v, buffer + 8 * i, 8);
    s *= v;
  }
  return s;
}

static double copied(double *x, int n) {
  double *y = malloc(n * sizeof *y);
  copy(y, x, n * sizeof *y);
  double s = 0;
  for (int i = 0; i < n; i++) s += y[i] * y[n - 1 - i] * (i + 1);
  free(y);
  return s;
}

int main(void) {
  double x[5] = {0.7, 0.9, 1.4, 1.1, 0.3};
  CHECK_GRAD("bytes", bytes, x, 5);
  CHECK_GRAD("copied", copied, x, 5);
  return chk_exit();
}
