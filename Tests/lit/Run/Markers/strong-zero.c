// RUN: %check %s
#include "check.h"
extern int nabla_strong_zero;
/* The branch not taken has an infinite slope; its adjoint is zero. */
static double f(double x) { double r = sqrt(x); return x > 0 ? r : 2 * x; }
int main(void) {
  EXPECT("slope", AD(__nabla_autodiff_d((void *)f, nabla_strong_zero, 0.0), 2), 2);
  EXPECT("regular", AD(__nabla_autodiff_d((void *)f, nabla_strong_zero, 4.0), 0.25), 0.25);
  return chk_exit();
}
