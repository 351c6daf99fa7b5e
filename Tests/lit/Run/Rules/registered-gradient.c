// RUN: %check %s
#include "check.h"
/* The rule returns twice the true slope, so that its use can be seen. */
static __attribute__((noinline)) double cube(double x) { return x * x * x; }
static double cube_augmented(double x) { return x * x * x; }
static double cube_reverse(double x, double seed) { return 2 * 3 * x * x * seed; }
void *__nabla_register_gradient_cube[3] = {(void *)cube, (void *)cube_augmented, (void *)cube_reverse};
static double f(double x) { return sin(x) + cube(x); }
int main(void) {
  EXPECT("rule", AD(__nabla_autodiff_d((void *)f, 1.5), cos(1.5) + 13.5), cos(1.5) + 6 * 1.5 * 1.5);
  return chk_exit();
}
