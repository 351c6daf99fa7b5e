// RUN: %check %s
/* Sums of products of few floats: differences are good to the precision of a float over the step. */
#define CHECK_FD_TOL 1e-3
#define CHECK_FD_H 0.0625
#define CHECK_DOT_TOL 1e-6
#include "check.h"
typedef uint64_t __attribute__((may_alias)) word;
typedef uint32_t __attribute__((may_alias)) half_word;
/* Two floats in one word. */
static double pairs(double *x, int n) {
  float from[4], y[4], s = 0;
  for (int i = 0; i < n; i++) from[i] = (float)x[i];
  word *t = (word *)y;
  const word *f = (const word *)from;
  for (int i = 0; i < n / 2; i++) t[i] = f[n / 2 - 1 - i];
  for (int i = 0; i < n; i++) s += y[i] * y[(i + 1) % n];
  return s;
}
static double halves(double *x, int n) {
  float from[4], y[4], s = 0;
  for (int i = 0; i < n; i++) from[i] = (float)x[i];
  half_word *t = (half_word *)y;
  const half_word *f = (const half_word *)from;
  for (int i = 0; i < n; i++) t[n - 1 - i] = f[i];
  for (int i = 0; i < n; i++) s += y[i] * from[i] * (i + 1);
  return s;
}
int main(void) {
  double x[] = {0.375, 1.25, -0.75, 0.875};
  CHECK_GRAD("pairs", pairs, x, 4);
  CHECK_GRAD("halves", halves, x, 4);
  return chk_exit();
}
