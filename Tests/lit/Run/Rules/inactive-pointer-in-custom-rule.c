// RUN: %check %s
/* An inactive pointer has no shadow: the rule gets null or a scratch shadow, never the primal itself. */
#include "check.h"
static double __attribute__((noinline)) total(const double *x, double w) { return (x[0] + x[1]) * w; }
static double total_augmented(const double *x, double *dx, double w) { (void)dx; return (x[0] + x[1]) * w; }
static double total_reverse(const double *x, double *dx, double w, double seed) {
  double r = (x[0] + x[1]) * seed;
  if (dx) { dx[0] += w * seed; dx[1] += w * seed; }
  return r;
}
void *__nabla_register_gradient_total[3] = {(void *)total, (void *)total_augmented, (void *)total_reverse};
static double f(const double *x, double w) { return total(x, w) * w; }
int main(void) {
  double x[] = {2, 3};
  EXPECT("dw", AD(__nabla_autodiff_d((void *)f, nabla_const, x, nabla_out, 0.5), 5), 2 * 5 * 0.5);
  EXPECT("x0", x[0], 2);
  EXPECT("x1", x[1], 3);
  return chk_exit();
}
