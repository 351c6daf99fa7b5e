// RUN: %check %s
#include "check.h"
#define N 4
static void factor(double *a) {
  for (int k = 0; k < N; k++)
    for (int i = k + 1; i < N; i++) {
      a[i * N + k] /= a[k * N + k];
      for (int j = k + 1; j < N; j++) a[i * N + j] -= a[i * N + k] * a[k * N + j];
    }
}
static double determinant(double *x, int n) { double d = 1; factor(x); for (int i = 0; i < N; i++) d *= x[i * N + i]; return d + 0 * n; }
int main(void) {
  double x[N * N];
  for (int i = 0; i < N * N; i++) x[i] = sin(1.9 * i) + (i % 5 == 0 ? 4 : 0);
  CHECK_MAP("factor", factor, x, N * N);
  CHECK_GRAD("determinant", determinant, x, N * N);
  return chk_exit();
}
