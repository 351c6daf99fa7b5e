// RUN: %check %s
// SANITIZE
#include "check.h"
void *__nabla_augmentfwd_o(void *, ...);
void __nabla_reverse_o(void *, ...);
static void __attribute__((noinline)) mangle(double *x, int n) { for (int i = 0; i < n; i++) { double t = x[i]; x[i] = t * t * (i + 1); } }
static void f(double *x, double *y, int n) {
  y[0] = 0;
  for (int i = 0; i < n; i++) y[0] += x[i] * x[(i + 1) % n];
  mangle(x, n);
  for (int i = 0; i < n; i++) y[0] += x[i] * sin(x[i]);
}
static double value(const double *at, int k, double h) { double x[3], y[1]; memcpy(x, at, sizeof x); x[k] += h; f(x, y, 3); return y[0]; }
int main(void) {
  double x[] = {0.5, 1.2, -0.8}, at[3], y[1], dx[3] = {0}, dy[1] = {0}, want[3];
  memcpy(at, x, sizeof x);
  for (int k = 0; k < 3; k++) want[k] = (4 * (value(at, k, 5e-4) - value(at, k, -5e-4)) / 1e-3 - (value(at, k, 1e-3) - value(at, k, -1e-3)) / 2e-3) / 3;
#ifndef NO_AD
  void *tape = __nabla_augmentfwd_o((void *)f, x, dx, y, dy, 3);
  EXPECT("value", y[0], value(at, 0, 0));
  memset(x, 0, sizeof x);
  dy[0] = 1;
  __nabla_reverse_o((void *)f, x, dx, y, dy, 3, tape);
#else
  memcpy(dx, want, sizeof dx);
#endif
  for (int k = 0; k < 3; k++) EXPECT_TOL("dx", dx[k], want[k], 1e-7);
  return chk_exit();
}
