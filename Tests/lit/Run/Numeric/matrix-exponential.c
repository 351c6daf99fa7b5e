// RUN: %check %s
#include "check.h"
#define N 3
static void multiply(const double *a, const double *b, double *c) {
  double t[N * N];
  for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) { t[i * N + j] = 0; for (int k = 0; k < N; k++) t[i * N + j] += a[i * N + k] * b[k * N + j]; }
  memcpy(c, t, sizeof t);
}
static void expm(double *a) {
  double term[N * N] = {0}, sum[N * N] = {0};
  for (int i = 0; i < N * N; i++) a[i] /= 4;
  for (int i = 0; i < N; i++) term[i * N + i] = sum[i * N + i] = 1;
  for (int k = 1; k < 12; k++) {
    multiply(term, a, term);
    for (int i = 0; i < N * N; i++) { term[i] /= k; sum[i] += term[i]; }
  }
  multiply(sum, sum, sum);
  multiply(sum, sum, a);
}
int main(void) {
  double a[] = {0.4, 1.2, -0.7, 0.4, 1.0, 0.3, -0.2, 0.6, -0.5};
  CHECK_MAP("expm", expm, a, 9);
  return chk_exit();
}
