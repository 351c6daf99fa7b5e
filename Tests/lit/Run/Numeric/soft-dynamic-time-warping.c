// RUN: %check %s
#include "check.h"
#define N 4
static double softmin(double a, double b, double c, double g) { double m = fmin(a, fmin(b, c)); return m - g * log(exp((m - a) / g) + exp((m - b) / g) + exp((m - c) / g)); }
static double soft_dtw(double *x, int n) {
  double r[N + 1][N + 1];
  for (int i = 0; i <= N; i++) for (int j = 0; j <= N; j++) r[i][j] = i || j ? 1e3 : 0;
  for (int i = 1; i <= N; i++) for (int j = 1; j <= N; j++) { double d = x[i - 1] - x[N + j - 1]; r[i][j] = d * d + softmin(r[i - 1][j], r[i][j - 1], r[i - 1][j - 1], 0.5); }
  return r[N][N] + 0 * n;
}
static double hard_path(double *x, int n) {              /* cheapest path through a grid */
  double cost[3];
  for (int i = 0; i < 3; i++) cost[i] = x[i];
  for (int row = 1; row < n / 3; row++) {
    double left = INFINITY;
    for (int j = 0; j < 3; j++) { double best = cost[j]; if (left < best) best = left; if (j < 2 && cost[j + 1] < best) best = cost[j + 1]; left = cost[j]; cost[j] = best + x[3 * row + j] * x[3 * row + j]; }
  }
  return fmin(cost[0], fmin(cost[1], cost[2]));
}
int main(void) {
  double x[] = {0.4, 1.2, -0.7, 0.9, 0.3, 1.0, -0.5, 0.8, 0.25};
  CHECK_GRAD("soft-dtw", soft_dtw, x, 8);
  CHECK_GRAD("path", hard_path, x, 9);
  return chk_exit();
}
