// RUN: %check %s
#include "check.h"
#define N 4
static void solve(double a[N][N], double *b) {
  for (int k = 0; k < N; k++) {
    int p = k;
    for (int i = k + 1; i < N; i++) if (fabs(a[i][k]) > fabs(a[p][k])) p = i;
    if (p != k) {
      for (int j = 0; j < N; j++) { double t = a[k][j]; a[k][j] = a[p][j]; a[p][j] = t; }
      double t = b[k]; b[k] = b[p]; b[p] = t;
    }
    for (int i = k + 1; i < N; i++) {
      double m = a[i][k] / a[k][k];
      for (int j = k; j < N; j++) a[i][j] -= m * a[k][j];
      b[i] -= m * b[k];
    }
  }
  for (int i = N - 1; i >= 0; i--) {
    for (int j = i + 1; j < N; j++) b[i] -= a[i][j] * b[j];
    b[i] /= a[i][i];
  }
}
static double f(double *x, int n) {
  double a[N][N], b[N], s = 0;
  memcpy(a, x, sizeof a);
  memcpy(b, x + N * N, sizeof b);
  solve(a, b);
  for (int i = 0; i < N; i++) s += b[i] * b[i] * (i + 1);
  return s + 0 * n;
}
int main(void) {
  double x[] = {0.1, 2, -1, 0.5, 3, 0.3, 0.7, -1, 1, -2, 4, 0.2, 0.4, 1, -0.6, 5, 1, 2, -1, 0.5};
  CHECK_GRAD("gauss", f, x, N * N + N);
  return chk_exit();
}
