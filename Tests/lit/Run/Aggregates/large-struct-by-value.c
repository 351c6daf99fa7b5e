// RUN: %check %s
#include "check.h"
typedef struct { double m[9]; int rank; } M3;
static M3 times(M3 a, M3 b) {
  M3 c = {{0}, a.rank + b.rank};
  for (int i = 0; i < 3; i++) for (int j = 0; j < 3; j++) for (int k = 0; k < 3; k++) c.m[3 * i + j] += a.m[3 * i + k] * b.m[3 * k + j];
  return c;
}
static M3 damp(M3 a) { for (int i = 0; i < 9; i++) a.m[i] *= 0.5 + a.m[0]; return a; }   /* writes its own copy */
static double f(double *x, int n) {
  M3 a = {{0}, 1}, b;
  for (int i = 0; i < n; i++) a.m[i] = x[i];
  b = times(damp(a), a);
  return b.m[0] * b.m[4] + b.m[8] * b.rank + a.m[1];
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4, -1.3, 1.1, 0.2, -0.8, 0.6};
  CHECK_GRAD("matrices", f, x, 9);
  return chk_exit();
}
