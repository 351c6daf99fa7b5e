// RUN: %check %s
// REFUSE: (adjoint|result|return|drop)
// ALLOW-REFUSE
/* The hook returns one double, the function has two active ones: refused, or the first with a warning. */
#include "check.h"
static double f(double x, double y) { return x * y; }
int main(void) {
  EXPECT("first", AD(__nabla_autodiff_d((void *)f, 2.0, 3.0), 3), 3);
  return chk_exit();
}
