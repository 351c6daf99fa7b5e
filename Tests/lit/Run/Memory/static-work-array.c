// RUN: %check %s
#include "check.h"
static double convolve(const double *x, int n) {
  static double buffer[16];
  double s = 0;
  for (int i = 0; i < n; i++) buffer[i] = x[i] * x[n - 1 - i];
  for (int i = 1; i < n; i++) { buffer[i] += 0.5 * buffer[i - 1]; s += buffer[i] * buffer[i]; }
  return s;
}
static double twice(double *x, int n) { double a = convolve(x, n); return a * convolve(x, n - 1); }
// Elements at fixed places: their addresses are constants.
static double ends(double *x, int n) {
  static double work[8];
  for (int i = 0; i < n; i++) work[i] = x[i] * x[i];
  work[6] = work[2] * x[0];
  return work[1] * work[6] + work[n - 1];
}
int main(void) {
  double x[] = {0.9, 1.2, 0.7, 1.4, -0.3};
  CHECK_GRAD("static", twice, x, 5);
  CHECK_GRAD("fixed", ends, x, 5);
  return chk_exit();
}
