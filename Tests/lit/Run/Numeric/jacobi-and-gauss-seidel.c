// RUN: %check %s
#include "check.h"
#define N 5
static double jacobi(double *x, int n) {
  double a[N] = {0}, b[N];
  for (int it = 0; it < 20; it++) {
    for (int i = 0; i < N; i++) b[i] = (x[i] + (i ? a[i - 1] : 0) + (i < N - 1 ? a[i + 1] : 0)) / (3 + x[N] * x[N]);
    memcpy(a, b, sizeof a);
  }
  return a[0] + a[2] * a[4] + 0 * n;
}
static double seidel(double *x, int n) {
  double u[N + 2] = {0}, change;
  int it = 0;
  do {
    change = 0;
    for (int i = 1; i <= N; i++) { double v = (x[i - 1] + u[i - 1] + u[i + 1]) / (3 + x[N] * x[N]); change = fmax(change, fabs(v - u[i])); u[i] = v; }
  } while (change > 1e-13 && ++it < 200);
  return u[1] + u[3] * u[n - 1];
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4, 1.0, 0.3};
  CHECK_GRAD("jacobi", jacobi, x, 6);
  CHECK_GRAD("seidel", seidel, x, 6);
  return chk_exit();
}
