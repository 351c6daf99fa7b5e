// RUN: %check %s
// SANITIZE
#include "check.h"
typedef struct { double re, im; } Pair;
/* Half of the last element is copied. */
static double odd(double *x, int n) {
  Pair a[4] = {{0}}, b[4] = {{0}};
  for (int i = 0; i < 4; i++) { a[i].re = x[i] * x[i]; a[i].im = x[i] * x[(i + 1) % n]; }
  memcpy(b, a, (size_t)(n + 1) * sizeof(double));
  memcpy(&b[3].im, &a[1].re, sizeof(double));
  double s = 0;
  for (int i = 0; i < 4; i++) s += b[i].re * (i + 1) - b[i].im * b[i].im;
  return s;
}
/* Both directions, constant and variable sizes, elements of two numbers. */
static double shift(double *x, int n) {
  Pair a[4];
  double v[6];
  for (int i = 0; i < 4; i++) { a[i].re = x[i]; a[i].im = x[i] * x[i]; }
  for (int i = 0; i < 6; i++) v[i] = x[i % 4] * (i + 1);
  memmove(a + 1, a, (size_t)(n - 1) * sizeof *a);
  a[0].im *= a[1].re;
  memmove(a, a + 1, 3 * sizeof *a);
  memmove(v + 2, v, 4 * sizeof *v);
  v[2] *= v[3];
  memmove(v, v + 1, (size_t)(n + 1) * sizeof *v);
  double s = 0;
  for (int i = 0; i < 4; i++) s += a[i].re * a[i].im * (i + 1);
  for (int i = 0; i < 6; i++) s += v[i] * v[i] * (i + 1);
  return s;
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("odd", odd, x, 4);
  CHECK_GRAD("shift", shift, x, 4);
  return chk_exit();
}
