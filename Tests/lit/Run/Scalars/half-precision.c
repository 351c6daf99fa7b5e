// RUN: %check %s
// LEVELS: -O0; -O1; -O2
// FLAGS: -mf16c
#include "check.h"
/* _Float16 as a storage format. */
static double stored(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
#if defined(__clang_major__) && __clang_major__ >= 15
    _Float16 h = (_Float16)x[i];
#else
    float h = (float)x[i];
#endif
    s += (double)h * (double)h * (i + 1);
  }
  return s;
}
int main(void) {
  double x[] = {0.5, -1.25, 2.0}, d[3] = {0, 0, 0};
  AD_DO(__nabla_autodiff_v((void *)stored, x, d, 3), (d[0] = 1, d[1] = -5, d[2] = 12));
  for (int i = 0; i < 3; i++) EXPECT_TOL("half", d[i], 2 * x[i] * (i + 1), 1e-3);
  return chk_exit();
}
