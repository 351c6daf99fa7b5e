// RUN: %check %s
#include "check.h"
/* y = A x with an output pointer: the rule takes the output's adjoint and clears it. */
static void __attribute__((noinline)) apply(const double *x, double *y) { y[0] = 2 * x[0] + x[1]; y[1] = x[0] - 3 * x[1]; }
static void apply_augmented(const double *x, double *dx, double *y, double *dy) { (void)dx; (void)dy; apply(x, y); }
static void apply_reverse(const double *x, double *dx, double *y, double *dy) {
  (void)x; (void)y;
  dx[0] += 2 * dy[0] + dy[1];
  dx[1] += dy[0] - 3 * dy[1];
  dy[0] = dy[1] = 0;
}
void *__nabla_register_gradient_apply[3] = {(void *)apply, (void *)apply_augmented, (void *)apply_reverse};
static double f(const double *x) { double t[2], y[2]; apply(x, t); apply(t, y); apply(x, t); return y[0] * t[1]; }
int main(void) {
  /* y0 = 2(2a+b) + a-3b = 5a - b; t1 = a - 3b */
  double x[] = {0.5, 2}, d[] = {0, 0}, y0 = 5 * 0.5 - 2, t1 = 0.5 - 6;
  AD_DO(__nabla_autodiff_v((void *)f, x, d), (d[0] = 5 * t1 + y0, d[1] = -t1 - 3 * y0));
  EXPECT("d0", d[0], 5 * t1 + y0);
  EXPECT("d1", d[1], -t1 - 3 * y0);
  return chk_exit();
}
