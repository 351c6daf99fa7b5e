// RUN: %check %s
#include "check.h"
#define N 6
static double f(double *y, int n) {
  double h = 0.5, m[N] = {0}, c[N], d[N];
  c[0] = d[0] = 0;
  for (int i = 1; i < N - 1; i++) {                    /* Thomas sweep for the natural spline */
    double r = 6 * (y[i - 1] - 2 * y[i] + y[i + 1]) / (h * h), p = 4 - c[i - 1];
    c[i] = 1 / p;
    d[i] = (r - d[i - 1]) / p;
  }
  for (int i = N - 2; i > 0; i--) m[i] = d[i] - c[i] * m[i + 1];
  double x = y[n - 1], s = 0;                          /* where it is evaluated is an input too */
  for (int rep = 0; rep < 2; rep++, x += 0.9) {
    int k = (int)(x / h);
    if (k < 0) k = 0; else if (k > N - 2) k = N - 2;
    double a = (k + 1) * h - x, b = x - k * h;
    s += (m[k] * a * a * a + m[k + 1] * b * b * b) / (6 * h) + (y[k] / h - m[k] * h / 6) * a + (y[k + 1] / h - m[k + 1] * h / 6) * b;
  }
  return s;
}
int main(void) {
  double y[] = {0.9, 1.2, -0.7, 0.4, 1.0, 0.3, 0.83};
  CHECK_GRAD("spline", f, y, 7);
  return chk_exit();
}
