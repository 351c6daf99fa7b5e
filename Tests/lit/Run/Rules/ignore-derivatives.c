// RUN: %check %s
#include "check.h"
double __nabla_ignore_derivatives(double);
static double f(double x) { return AD(__nabla_ignore_derivatives(x * x), x * x) * x; }
int main(void) {
  EXPECT("value", f(3), 27);
  EXPECT("reverse", AD(__nabla_autodiff_d((void *)f, 3.0), 9), 9);
  EXPECT("forward", AD(__nabla_fwddiff_d((void *)f, 3.0, 1.0), 9), 9);
  return chk_exit();
}
