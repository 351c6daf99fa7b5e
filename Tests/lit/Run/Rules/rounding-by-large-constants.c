// RUN: %check %s
#include "check.h"
/* Rounding without a library function, as exponentials and trigonometric functions reduce their arguments: the sum is a
   step function. */
static double nearest(double x) {
  volatile double large = x + 6755399441055744.0;
  return large - 6755399441055744.0;
}
static double exponential(double x) {
  double k = nearest(x * 1.4426950408889634);
  double r = x - k * 0.6931471805599453, s = 1, t = 1;
  for (int i = 1; i < 16; i++) {
    t *= r / i;
    s += t;
  }
  return ldexp(s, (int)k);
}
static double f(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += exponential(x[i]) * x[(i + 1) % n];
  return s;
}
static float nearestf(float x) {
  volatile float large = x + 12582912.0f;
  return large - 12582912.0f;
}
static double g(double x) { return x * x - (double)nearestf((float)(3 * x)) * x; }
int main(void) {
  double x[] = {0.4, 1.2, -3.7, 2.9};
  CHECK_GRAD("exponential", f, x, 4);
  CHECK1("float", g, 0.7);
  return chk_exit();
}
