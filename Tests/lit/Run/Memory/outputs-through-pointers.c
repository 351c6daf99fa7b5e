// RUN: %check %s
#include "check.h"
static void polar(double x, double y, double *r, double *phi) { *r = sqrt(x * x + y * y); *phi = atan2(y, x); }
static void chain(double *x, double *y) {
  double r, phi;
  polar(x[0], x[1], &r, &phi);
  y[0] = r * cos(phi + x[2]);
  y[1] = r * sin(phi + x[2]);
  polar(y[0], y[1], &y[2], &r);
  y[3] = r;
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7}, y[2] = {0, 0}, dy[2] = {1, 0};
  CHECK_JAC("chain", chain, x, 3, 4);
  struct chk_2 g = {0.6, 0.8};
  AD_DO(g = __nabla_autodiff_d2((void *)polar, nabla_out, 3.0, nabla_out, 4.0, nabla_dup, &y[0], &dy[0], nabla_dup, &y[1], &dy[1]),
        (y[0] = 5, dy[0] = 0));
  EXPECT("dx", g.a, 0.6);
  EXPECT("dy", g.b, 0.8);
  EXPECT("r", y[0], 5);
  EXPECT("consumed", dy[0], 0);
  return chk_exit();
}
