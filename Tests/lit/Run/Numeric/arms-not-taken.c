// RUN: %check %s
// LEVELS: -O0; -O1; -O2; -O3; opt; -O2 -fno-math-errno; opt -O2
/* Optimisers compute both sides of a small branch and choose. What the side not taken would have for a slope is nobody's business. */
#include "check.h"

static double roots(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += x[i] > 0 ? log(x[i]) * x[0] + sqrt(x[i]) : x[i] * x[i];
  return s;
}
static double distances(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    double d = x[i] - x[0], r = d * d;
    s += i == 0 ? 0 : 1 / r;
  }
  return s;
}
static double potential(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) {
      double d = x[i] - x[j], r = sqrt(d * d);
      if (r > 0) s += x[i] / r;
    }
  return s;
}
static double sinc(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += x[i] != 0 ? sin(x[i]) / x[i] : 1;
  return s;
}
static double nested(double *x, int n) {
  double s = 0;
  for (int i = 1; i < n; i++) s += x[i] > 0 ? (x[0] > 0 ? log(x[i]) / x[0] : x[i] / (x[0] - 1)) : x[0] * x[i];
  return s;
}
/* Second derivatives: at x = 1 the adjoint of log is zero and its slope is not. */
static double squares(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += x[i] > 0 ? log(x[i]) * log(x[i]) / x[i] : 0;
  return s;
}
#ifndef NO_AD
void __nabla_autodiff_squares(void *, ...);
static double slopes(double *x, int n) {
  double d[4] = {0}, s = 0;
  __nabla_autodiff_squares((void *)squares, x, d, n);
  for (int i = 0; i < n; i++) s += d[i] * (i + 1);
  return s;
}
#endif

int main(void) {
  double a[4] = {2, 0.5, -1, -2}, b[4] = {0, 1, 4, -2}, c[4] = {0, 1, -1, 2}, d[4] = {1, 2, -3, 0.25};
  CHECK_GRAD("roots", roots, a, 4);
  CHECK_GRAD("distances", distances, b, 4);
  CHECK_GRAD("potential", potential, b, 4);
  CHECK_GRAD("sinc", sinc, c, 4);
  CHECK_GRAD("nested", nested, a, 4);
  CHECK_GRAD("nested, other side", nested, c + 2, 2);
#ifndef NO_AD
  CHECK_GRAD("slopes", slopes, d, 4);
#endif
  return chk_exit();
}
