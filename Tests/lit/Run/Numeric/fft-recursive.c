// RUN: %check %s
// SANITIZE
#include "check.h"
static void fft(double *re, double *im, int n) {
  if (n == 1) return;
  int h = n / 2;
  double *t = (double *)malloc(2 * n * sizeof *t), *er = t, *ei = t + h, *or_ = t + n, *oi = t + n + h;
  for (int i = 0; i < h; i++) { er[i] = re[2 * i]; ei[i] = im[2 * i]; or_[i] = re[2 * i + 1]; oi[i] = im[2 * i + 1]; }
  fft(er, ei, h);
  fft(or_, oi, h);
  for (int k = 0; k < h; k++) {
    double c = cos(-2 * M_PI * k / n), s = sin(-2 * M_PI * k / n), a = c * or_[k] - s * oi[k], b = s * or_[k] + c * oi[k];
    re[k] = er[k] + a; im[k] = ei[k] + b;
    re[k + h] = er[k] - a; im[k + h] = ei[k] - b;
  }
  free(t);
}
static double power(double *x, int n) {
  double im[8] = {0}, s = 0;
  fft(x, im, n);
  for (int k = 0; k < n; k++) s += (x[k] * x[k] + im[k] * im[k]) * k / (1 + x[0] * x[0]);
  return s;
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4, 1.0, 0.3, 2, -1};
  CHECK_GRAD("fft", power, x, 8);
  return chk_exit();
}
