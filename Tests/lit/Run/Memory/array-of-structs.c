// RUN: %check %s
#include "check.h"
struct body { double x, y; float charge; int fixed; };
static double potential(const struct body *b, int n) {
  double e = 0;
  for (int i = 0; i < n; i++) {
    if (b[i].fixed) continue;
    for (int j = 0; j < n; j++) if (j != i) {
      double dx = b[i].x - b[j].x, dy = b[i].y - b[j].y;
      e += b[i].charge * b[j].charge / sqrt(dx * dx + dy * dy + 0.01);
    }
  }
  return e;
}
static double from_vector(double *x, int n) {
  struct body b[4];
  for (int i = 0; i < n / 2; i++) { b[i].x = x[2 * i]; b[i].y = x[2 * i + 1]; b[i].charge = i & 1 ? -0.5f : 1.5f; b[i].fixed = i == 2; }
  return potential(b, n / 2);
}
int main(void) {
  double x[] = {0.1, 0.2, 1.2, -0.3, -0.7, 0.9, 0.4, -1.1};
  struct body b[2] = {{0, 0, 1, 0}, {1, 0, 2, 1}}, d[2];
  CHECK_GRAD("bodies", from_vector, x, 8);
  memset(d, 0, sizeof d);
  double r = sqrt(1.01);
  AD_DO(__nabla_autodiff_v((void *)potential, b, d, 2), (d[0].x = 2 / (r * r * r), d[1].charge = (float)(1 / r)));
  EXPECT("x", d[0].x, 2 / (r * r * r));
  EXPECT_TOL("charge", d[1].charge, 1 / r, 1e-6);
  return chk_exit();
}
