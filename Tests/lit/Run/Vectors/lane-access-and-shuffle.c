// RUN: %check %s
#include "check.h"
typedef double v4 __attribute__((vector_size(32)));
typedef long long m4 __attribute__((vector_size(32)));
#ifdef __clang__
#define SHUFFLE(a, b, i, j, k, l) __builtin_shufflevector(a, b, i, j, k, l)
#else
#define SHUFFLE(a, b, i, j, k, l) __builtin_shuffle(a, b, (m4){i, j, k, l})
#endif
static double f(double *x, int n) {
  v4 a = {1, 2, 3, 4};
  for (int i = 0; i < 4; i++) a[i] *= x[i];             /* lane index known at run time only */
  v4 r = SHUFFLE(a, a, 3, 0, 1, 2), s = SHUFFLE(a, r, 0, 5, 2, 7);
  a = a * r + s;
  a[1] = a[0] * a[2];
  double sum = 0;
  for (int i = 0; i < 4; i++) sum += a[(i * n) & 3] * a[i];
  return sum;
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("lanes", f, x, 4);
  return chk_exit();
}
