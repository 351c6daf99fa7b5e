// RUN: %check %s
#include "check.h"
#define N 3
static double power(double *x, int n) {
  double v[N] = {1, 0.5, 0.2}, w[N], lambda = 0;
  for (int it = 0; it < 15; it++) {
    double norm = 0;
    for (int i = 0; i < N; i++) { w[i] = 0; for (int j = 0; j < N; j++) w[i] += x[i < j ? i * N + j : j * N + i] * v[j]; norm += w[i] * w[i]; }
    lambda = sqrt(norm);
    for (int i = 0; i < N; i++) v[i] = w[i] / lambda;
  }
  return lambda * n;
}
static void sweep(double *a) {
  for (int p = 0; p < N; p++) for (int q = p + 1; q < N; q++) {
    if (fabs(a[p * N + q]) < 1e-12) continue;
    double theta = 0.5 * (a[q * N + q] - a[p * N + p]) / a[p * N + q], t = (theta > 0 ? 1 : -1) / (fabs(theta) + sqrt(theta * theta + 1));
    double c = 1 / sqrt(t * t + 1), s = t * c;
    for (int k = 0; k < N; k++) { double u = a[k * N + p], v = a[k * N + q]; a[k * N + p] = c * u - s * v; a[k * N + q] = s * u + c * v; }
    for (int k = 0; k < N; k++) { double u = a[p * N + k], v = a[q * N + k]; a[p * N + k] = c * u - s * v; a[q * N + k] = s * u + c * v; }
  }
}
int main(void) {
  double a[] = {2.0, 0.3, -0.4, 0.3, 1.0, 0.6, -0.4, 0.6, 0.2};
  CHECK_GRAD("power", power, a, 9);
  CHECK_MAP("sweep", sweep, a, 9);
  return chk_exit();
}
