// RUN: %check %s
#include "check.h"
static void rotate(double *a, double *b, double t) { double c = cos(t), s = sin(t), u = *a; *a = c * u - s * *b; *b = s * u + c * *b; }
static void accumulate(double *into, const double *x, int n, double scale) { for (int i = 0; i < n; i++) *into += scale * x[i] * x[i]; }
static double f(double *x, int n) {
  double s = 0;
  for (int i = 0; i + 1 < n; i++) rotate(&x[i], &x[i + 1], x[0]);
  accumulate(&s, x, n, 1);
  accumulate(&s, x + 1, n - 1, s);
  return s;
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("rotations", f, x, 4);
  return chk_exit();
}
