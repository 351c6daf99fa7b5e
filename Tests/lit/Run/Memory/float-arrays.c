// RUN: %check %s
#include "check.h"
static float f(const float *x, int n) { float s = 0; for (int i = 0; i < n; i++) s += x[i] * x[i] * x[(i + 1) % n]; return s; }
static double mixed(const float *x, double *y, int n) { double s = 0; for (int i = 0; i < n; i++) s += y[i] * sqrtf(x[i]); return s; }
int main(void) {
  float x[] = {1, 2, 0.5f}, dx[3] = {0}, ex[3] = {0};
  double y[] = {3, 4, 5}, dy[3] = {0};
  AD_DO(__nabla_autodiff_v((void *)f, nabla_dup, x, dx, 3), (dx[0] = 4.25f, dx[1] = 3, dx[2] = 5));
  EXPECT_TOL("f0", dx[0], 2 * 1 * 2 + 0.25, 1e-6);
  EXPECT_TOL("f1", dx[1], 2 * 2 * 0.5 + 1, 1e-6);
  EXPECT_TOL("f2", dx[2], 2 * 0.5 * 1 + 4, 1e-6);
  AD_DO(__nabla_autodiff_v((void *)mixed, nabla_dup, x, ex, nabla_dup, y, dy, 3), (ex[0] = 1.5f, dy[1] = sqrtf(2)));
  EXPECT_TOL("x0", ex[0], 1.5, 1e-6);
  EXPECT_TOL("y1", dy[1], sqrt(2), 1e-6);
  return chk_exit();
}
