// RUN: %check %s
#include "check.h"
#define N 5
static double f(double *x, int n) {
  double u[N][N], w[N][N];
  memcpy(u, x, sizeof u);
  memcpy(w, x, sizeof w);
  for (int t = 0; t < 3; t++) {
    for (int i = 1; i < N - 1; i++)
      for (int j = 1; j < N - 1; j++)
        w[i][j] = u[i][j] + x[n - 1] * (u[i - 1][j] + u[i + 1][j] + u[i][j - 1] + u[i][j + 1] - 4 * u[i][j]) * u[i][j];
    memcpy(u, w, sizeof u);
  }
  double s = 0;
  for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) s += u[i][j] * u[i][j] * (i + 1);
  return s;
}
int main(void) {
  double x[N * N + 1];
  for (int i = 0; i < N * N; i++) x[i] = sin(i * 0.7);
  x[N * N] = 0.15;
  CHECK_GRAD("heat", f, x, N * N + 1);
  return chk_exit();
}
