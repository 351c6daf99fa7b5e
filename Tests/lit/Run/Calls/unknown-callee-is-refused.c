// RUN: %check %s
// REFUSE: nobody_defines_this
/* Without a body or a rule there is nothing to differentiate; the diagnostic names the function. */
#include "check.h"
double nobody_defines_this(double);
static double f(double x) { return x * nobody_defines_this(x); }
int main(void) {
  EXPECT("f", AD(__nabla_autodiff_d((void *)f, 2.0), 0.0), 0.0);
  return chk_exit();
}
