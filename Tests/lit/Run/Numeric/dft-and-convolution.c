// RUN: %check %s
#include "check.h"
#define N 6
static void dft(double *x, double *y) {
  for (int k = 0; k <= N / 2; k++) {
    double re = 0, im = 0;
    for (int t = 0; t < N; t++) { re += x[t] * cos(2 * M_PI * k * t / N); im -= x[t] * sin(2 * M_PI * k * t / N); }
    y[k] = sqrt(re * re + im * im);
  }
}
static void convolve(double *x, double *y) { for (int i = 0; i < N; i++) for (int j = 0; j < 3; j++) y[i + j] += x[i] * x[N + j]; }
static double pooled(double *x, int n) {
  double y[N + 2] = {0}, s = 0;
  convolve(x, y);
  for (int i = 0; i + 1 < N + 2; i += 2) s += y[i] > y[i + 1] ? y[i] : y[i + 1];
  return s * n;
}
int main(void) {
  double x[] = {0.4, 1.2, -0.7, 0.5, 0.3, 0.7, 1.4, -1.2, 0.9};
  CHECK_JAC("dft", dft, x, N, N / 2 + 1);
  CHECK_JAC("convolve", convolve, x, N + 3, N + 2);
  CHECK_GRAD("pooled", pooled, x, N + 3);
  return chk_exit();
}
