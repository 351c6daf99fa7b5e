// RUN: %check %s
#include "check.h"
#define BODIES 3
static void accelerate(const double *q, const double *m, double *a) {
  for (int i = 0; i < 2 * BODIES; i++) a[i] = 0;
  for (int i = 0; i < BODIES; i++)
    for (int j = i + 1; j < BODIES; j++) {
      double dx = q[2 * j] - q[2 * i], dy = q[2 * j + 1] - q[2 * i + 1], r2 = dx * dx + dy * dy + 0.01, w = 1 / (r2 * sqrt(r2));
      a[2 * i] += m[j] * w * dx; a[2 * i + 1] += m[j] * w * dy;
      a[2 * j] -= m[i] * w * dx; a[2 * j + 1] -= m[i] * w * dy;
    }
}
static double f(double *x, int n) {
  double q[2 * BODIES], v[2 * BODIES], a[2 * BODIES], e = 0;
  const double *m = x + 4 * BODIES;
  memcpy(q, x, sizeof q);
  memcpy(v, x + 2 * BODIES, sizeof v);
  accelerate(q, m, a);
  for (int t = 0; t < 8; t++) {
    for (int i = 0; i < 2 * BODIES; i++) { v[i] += 0.025 * a[i]; q[i] += 0.05 * v[i]; }
    accelerate(q, m, a);
    for (int i = 0; i < 2 * BODIES; i++) v[i] += 0.025 * a[i];
  }
  for (int i = 0; i < 2 * BODIES; i++) e += 0.5 * m[i / 2] * v[i] * v[i] + q[i];
  return e + 0 * n;
}
int main(void) {
  double x[] = {0, 0, 1, 0.2, -0.3, 0.9, 0, 0.1, -0.2, 0.5, 0.3, 0, 1, 0.5, 0.3};
  CHECK_GRAD("n-body", f, x, 15);
  return chk_exit();
}
