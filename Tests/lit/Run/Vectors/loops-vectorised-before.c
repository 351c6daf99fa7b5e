// RUN: %check %s
// LEVELS: -O2; -O3; opt; opt -O2; opt -O3
// What `clang -O2` has vectorised is differentiated as the loop that it was.
// SANITIZE
#include "check.h"

static double restricted(double *restrict x, int n) {
  double *y = malloc(sizeof(double) * n), s = 0;
  for (int i = 0; i < n; i++) y[i] = x[i] * x[i] + 1;
  for (int i = 0; i < n; i++) y[i] = y[i] / (2 + x[n - 1 - i]);
  for (int i = 0; i < n; i++) s += y[i] * y[i];
  free(y);
  return s;
}
// May overlap: the vector loop is guarded by the pointers' distance.
static __attribute__((noinline)) void scale(double *y, const double *x, const double *w, int n) {
  for (int i = 0; i < n; i++) y[i] = x[i] * w[i] + 0.5 * y[i];
}
static double overlaps(double *x, int n) {
  double *y = calloc(n + 4, sizeof(double)), s = 0;
  scale(y, x, x, n);
  scale(y + 1, y, x, n);
  scale(y, y + 2, x, n);
  for (int i = 0; i < n; i++) s += y[i] * (1 + x[i]);
  free(y);
  return s;
}
// A loop unrolled by hand, and one for the rest: two different loops that belong together.
static double byhand(double *restrict x, int n) {
  double *y = malloc(sizeof(double) * n), s = 0;
  int i = 0;
  for (; i < (n & ~3); i++) y[i] = x[i] * 2 + 1;
  for (; i < n; i++) y[i] = x[i] * 3 + 1;
  for (i = 0; i < n; i++) s += y[i] * y[i];
  free(y);
  return s;
}
// Half of it in one loop, half in another, either may be skipped.
static double halves(double *restrict x, int n, int flag) {
  double *y = malloc(sizeof(double) * n), s = 0;
  long i = 0, h = n / 2;
  if (flag)
    for (; i < h; i++) y[i] = x[i] * x[i] + 1;
  for (; i < n; i++) y[i] = x[i] * x[i] + 2;
  for (i = 0; i < n; i++) s += y[i] * x[n - 1 - i];
  free(y);
  return s;
}
static double half(double *x, int n) { return halves(x, n, n > 3) + 0.5 * halves(x, n, n > 300); }
// Every second element; conditions; floats among doubles; a reduction in integers beside.
static double mixed(double *restrict x, int n) {
  double *y = malloc(sizeof(double) * n), s = 0;
  int count = 0;
  for (int i = 0; i < n / 2; i++) y[i] = x[2 * i] * x[2 * i + 1];
  for (int i = n / 2; i < n; i++) y[i] = x[i] > 0.4 ? x[i] * x[i] : 0.25 * x[i];
  for (int i = 0; i < n; i++) count += x[i] > 0.4;
  for (int i = 0; i < n; i++) s += y[i] * y[i];
  free(y);
  return s * (1 + count);
}
// Loops in loops with bounds that depend.
static double triangular(double *restrict x, int n) {
  double *y = malloc(sizeof(double) * n), s = 0;
  for (int i = 0; i < n; i++) y[i] = 0;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < i; j++) y[j] += x[i] * x[j];
  for (int i = 0; i < n; i++) s += y[i] * y[i];
  free(y);
  return s;
}

int main(void) {
  double x[37];
  for (int i = 0; i < 37; i++) x[i] = 0.2 + 0.07 * ((i * 7) % 11) - 0.01 * i;
  int sizes[] = {1, 2, 3, 4, 5, 8, 16, 31, 37};
  for (int k = 0; k < 9; k++) {
    CHECK_GRAD("restricted", restricted, x, sizes[k]);
    CHECK_GRAD("overlaps", overlaps, x, sizes[k]);
    CHECK_GRAD("by hand", byhand, x, sizes[k]);
    CHECK_GRAD("half", half, x, sizes[k]);
    CHECK_GRAD("mixed", mixed, x, sizes[k]);
    CHECK_GRAD("triangular", triangular, x, sizes[k]);
  }
  return chk_exit();
}
