// RUN: %check %s
/* The x86-64 convention passes and returns this struct as <2 x float>. */
#include "check.h"
typedef struct { float x, y; } P2;
static P2 turn(P2 p, float t) { P2 r = {p.x * cosf(t) - p.y * sinf(t), p.x * sinf(t) + p.y * cosf(t)}; return r; }
static double f(double *x, int n) {
  P2 p = {(float)x[0], (float)x[1]};
  (void)n;
  p = turn(turn(p, 0.5f), 0.25f);
  return (double)p.x * 2 + (double)p.y * 3;
}
int main(void) {
  double x[] = {1, 2}, d[2] = {0, 0}, t[2] = {1, 0}, c = cos(0.75), s = sin(0.75);
  AD_DO(__nabla_autodiff_v((void *)f, x, d, 2), (d[0] = 2 * c + 3 * s, d[1] = 3 * c - 2 * s));
  EXPECT_TOL("dx", d[0], 2 * c + 3 * s, 1e-5);
  EXPECT_TOL("dy", d[1], 3 * c - 2 * s, 1e-5);
  EXPECT_TOL("forward", AD(__nabla_fwddiff_d((void *)f, x, t, 2), d[0]), 2 * c + 3 * s, 1e-5);
  return chk_exit();
}
