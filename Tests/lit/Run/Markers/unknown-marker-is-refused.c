// RUN: %check %s
// REFUSE: nabla_outt
#include "check.h"
extern int nabla_outt;
static double f(double x) { return x * x; }
int main(void) {
  EXPECT("f", AD(__nabla_autodiff_d((void *)f, nabla_outt, 2.0), 4), 4);
  return chk_exit();
}
