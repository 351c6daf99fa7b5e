// RUN: %check %s
#include "check.h"
extern int nabla_byref;
/* The operand is a pointer to the argument, its size given for checking; so may its tangent be. */
static double f(double x, double y) { return x * x * y; }
int main(void) {
  double x = 3, y = 2;
  EXPECT("dx", AD(__nabla_autodiff_d((void *)f, nabla_out, nabla_byref, 8, &x, nabla_const, y), 12), 12);
  EXPECT("dy", AD(__nabla_autodiff_d((void *)f, nabla_const, x, nabla_out, nabla_byref, 8, &y), 9), 9);
  double t = 2;
  EXPECT("tangent", AD(__nabla_fwddiff_d((void *)f, nabla_byref, 8, nabla_dup, &x, &t, nabla_const, y), 24), 24);
  return chk_exit();
}
