// RUN: %check %s
#include "check.h"
static void copy_words(void *to, const void *from, int n) { uint64_t *t = (uint64_t *)to; const uint64_t *f = (const uint64_t *)from; for (int i = 0; i < n; i++) t[i] = f[i]; }
static void swap_bytes(void *a, void *b, size_t n) { char *p = (char *)a, *q = (char *)b; while (n--) { char t = *p; *p++ = *q; *q++ = t; } }
static double f(double *x, int n) {
  double y[4], s = 0;
  copy_words(y, x, n);
  for (int i = 0; i < n; i++) s += y[i] * y[(i + 1) % n] * x[i];
  return s;
}
static double bits(double x) { uint64_t b; double r; memcpy(&b, &x, 8); b += 0; memcpy(&r, &b, 8); return r * r; }
static double bytewise(double *x, int n) { swap_bytes(&x[0], &x[n - 1], sizeof *x); return x[0] * x[0] * x[1] + x[n - 1]; }
int main(void) {
  double x[] = {0.4, 1.2, -0.7, 0.9};
  CHECK_GRAD("words", f, x, 4);
  CHECK1("bits", bits, 1.7);
  CHECK_GRAD("bytes", bytewise, x, 3);
  return chk_exit();
}
