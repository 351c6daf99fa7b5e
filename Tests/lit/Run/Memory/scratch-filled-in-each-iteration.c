// RUN: %check %s
#include "check.h"
// Sums over iterations that have nothing to do with one another, and some that only look so.

enum { N = 6, M = 4 };
// Filled before it is read, over and over; the inner loops are triangular.
static double filled(const double *x, int n) {
  double *c = malloc(M * sizeof *c), *term = malloc(M * sizeof *term), total = 0;
  for (int i = 0; i < n; i++) {
    for (int q = 0; q < M; q++) {
      for (int j = 0; j < M; j++) c[j] = x[i] * sin(x[(i + j) % n]) - q * x[j];
      double maha = 0;
      for (int r = 0; r < M; r++) {
        double y = exp(0.1 * c[r]);
        for (int s = 0; s < r; s++) y += x[s] * c[s] * c[r];
        maha += y * y;
      }
      term[q] = 0.1 * maha * x[q];
    }
    double s = 0;
    for (int q = 0; q < M; q++) s += exp(0.01 * term[q]) * term[M - 1 - q];
    total += log(1 + s * s);
  }
  free(c); free(term);
  return total;
}
// How much is filled depends on the iteration: the rest is from iterations before.
static double stale(const double *x, int n) {
  double c[N] = {0}, total = 0;
  for (int i = 0; i < n; i++) {
    for (int j = 0; j <= (i * 5) % n; j++) c[j] = x[i] * x[j] + i;
    double s = 0;
    for (int j = 0; j < n; j++) s += exp(0.1 * c[j] * x[j]) * c[n - 1 - j];
    total += sin(s);
  }
  return total;
}
// Filled in some iterations only.
static double sometimes(const double *x, int n) {
  double c[N] = {0}, total = 0;
  for (int i = 0; i < n; i++) {
    if (x[i] > 0) for (int j = 0; j < n; j++) c[j] = x[i] * x[j];
    for (int j = 0; j < n; j++) total += exp(c[j] * x[i]) * c[n - 1 - j];
  }
  return total;
}
// Rows of a table: each iteration of the inner loop fills one and reads another.
static double rows(const double *x, int n) {
  double t[N][M] = {{0}}, total = 0;
  for (int i = 0; i < 3; i++)
    for (int q = 0; q < n; q++) {
      for (int j = 0; j < M; j++) t[q][j] = x[q] * x[j] + i * x[0];
      double s = 0;
      for (int j = 0; j < M; j++) s += exp(0.2 * t[(q + 1) % n][j]) * t[q][j];
      total += s * s;
    }
  return total;
}
// Read after the loop, and the sum is not the end.
static double used(const double *x, int n) {
  double c[N] = {0}, total = 0;
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < n; j++) c[j] = sin(x[i]) * x[j];
    double s = 0;
    for (int j = 0; j < n; j++) s += c[j] * c[n - 1 - j];
    total += exp(0.1 * s);
  }
  return total * total * c[1] * c[2];
}
// What was read is overwritten after the loop.
static double overwritten(const double *x, int n) {
  double w[N], c[N], total = 0;
  for (int i = 0; i < n; i++) w[i] = x[i] * x[i];
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < n; j++) c[j] = sin(w[i]) * w[j];
    double s = 0;
    for (int j = 0; j < n; j++) s += c[j] * exp(0.1 * c[n - 1 - j]);
    total += s * s;
  }
  for (int i = 0; i < n; i++) w[i] = sin(w[i] * x[0]);
  return total + w[2] * w[3];
}
// Variables of the iteration's own, an inner loop that ends when it is done, and a guard that may leave the loop out.
static double solved(const double *x, int n) {
  double total = 0;
  int m = n > 2 ? n : -1;
  for (int i = 0; i < m; i++) {
    double u[2] = {1, 1}, r[2];
    for (int it = 0; it < 30; it++) {
      r[0] = u[0] * u[0] * u[0] + u[1] * x[i] * 0.1 - 2;
      r[1] = u[1] * u[1] * u[1] - u[0] * x[(i + 1) % n] * 0.1 - 1;
      int k = fabs(r[0]) < fabs(r[1]);
      u[k] -= r[k] / (3 * u[k] * u[k]);
      if (r[0] * r[0] + r[1] * r[1] < 1e-26) break;
    }
    total += u[0] * u[0] * x[i] + u[1];
  }
  return total;
}
static double solvedFew(const double *x, int n) { (void)n; return solved(x, 2) + solved(x, 3) * x[0]; }

int main(void) {
  double x[] = {0.9, -0.6, 0.7, 0.4, -0.3, 0.8};
  CHECK_GRAD("filled", filled, x, N);
  CHECK_GRAD("stale", stale, x, N);
  CHECK_GRAD("sometimes", sometimes, x, N);
  CHECK_GRAD("rows", rows, x, N);
  CHECK_GRAD("used", used, x, N);
  CHECK_GRAD("overwritten", overwritten, x, N);
  CHECK_GRAD("solved", solved, x, N);
  CHECK_GRAD("left out", solvedFew, x, N);
  return chk_exit();
}
