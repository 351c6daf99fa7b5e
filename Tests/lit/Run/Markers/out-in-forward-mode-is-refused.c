// RUN: %check %s
// REFUSE: (out|forward)
#include "check.h"
static double f(double x) { return x * x; }
int main(void) {
  EXPECT("f", AD(__nabla_fwddiff_d((void *)f, nabla_out, 2.0), 4), 4);
  return chk_exit();
}
