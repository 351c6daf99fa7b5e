// RUN: %check %s
#include "check.h"
#define M 4
#define N 3
static void householder(double *x, double *diag) {
  double a[M][N];
  memcpy(a, x, sizeof a);
  for (int k = 0; k < N; k++) {
    double norm = 0, v[M];
    for (int i = k; i < M; i++) norm += a[i][k] * a[i][k];
    norm = sqrt(norm);
    double alpha = a[k][k] > 0 ? -norm : norm;
    for (int i = k; i < M; i++) v[i] = a[i][k];
    v[k] -= alpha;
    double vv = 0;
    for (int i = k; i < M; i++) vv += v[i] * v[i];
    for (int j = k; j < N; j++) {
      double dot = 0;
      for (int i = k; i < M; i++) dot += v[i] * a[i][j];
      for (int i = k; i < M; i++) a[i][j] -= 2 * dot / vv * v[i];
    }
  }
  for (int k = 0; k < N; k++) for (int j = k; j < N; j++) *diag++ = a[k][j];
}
int main(void) {
  double x[M * N];
  for (int i = 0; i < M * N; i++) x[i] = sin(1.9 * i + 1) + (i % 4 == 0);
  CHECK_JAC("qr", householder, x, M * N, 6);
  return chk_exit();
}
