// RUN: %check %s
#include "check.h"
static const int from[] = {3, 0, 0, 2, 1, 3}, to[] = {0, 1, 1, 2, 0, 3};
static void f(double *x, double *y) {
  for (int k = 0; k < 6; k++) y[to[k]] += x[from[k]] * x[k % 4];
  for (int k = 0; k < 4; k++) y[k] = y[k] * y[(k + 1) % 4];
}
static double histogram(double *x, int n) {
  double bins[4] = {0};
  for (int i = 0; i < n; i++) { int b = (int)(fabs(x[i]) * 2); if (b > 3) b = 3; bins[b] += x[i] * x[i]; }
  return bins[0] * bins[1] + bins[2] * bins[3] + bins[3];
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4, 2.1, 0.1};
  CHECK_JAC("scatter", f, x, 4, 4);
  CHECK_GRAD("histogram", histogram, x, 6);
  return chk_exit();
}
