// RUN: %check %s
#include "check.h"
/* The optimiser stores constants as integers, and moves numbers as such. */
static void f(const double *x, double *y) {
  static const double table[3] = {0.1, 0.813, 0.3};
  double a[4] = {x[0], 0.355, x[1], 0.1};
  for (int i = 3; i >= 0; i--) {
    long long t;
    memcpy(&t, &a[1], sizeof t);
    memcpy(&y[1], &t, sizeof t);
    a[1] *= x[i % 2] + i;
  }
  y[0] = x[0] * x[1];
  memcpy(&y[0], &table[(int)y[2] + 1], sizeof(double));
  y[2] *= a[1];
}
static void in_place(double *z) {
  double y[3] = {z[0], z[1], 0.5};
  double x[2] = {z[1], z[2]};
  f(x, y);
  z[0] = y[0] * z[0];
  z[1] = y[1];
  z[2] = y[2];
}
/* Only where the integer goes shows that it is a number. */
static double moved(double *x, int n) {
  double a[4] = {x[1], x[2], 0.3, 0.1};
  memmove(a, x, sizeof(double));
  if (cosh(x[1]) > 1.5 * n) a[0] = x[2];
  memmove(a + 1, a, 3 * sizeof(double));
  return a[1] * a[2] + a[3];
}
int main(void) {
  double z[] = {0.9, 1.2, -0.7};
  CHECK_MAP("stored", in_place, z, 3);
  CHECK_GRAD("moved", moved, z, 3);
  return chk_exit();
}
