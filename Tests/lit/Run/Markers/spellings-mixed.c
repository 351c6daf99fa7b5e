// RUN: %check %s
/* Hooks of one spelling with markers of the other. */
#include "check.h"
extern int enzyme_const, enzyme_out;
double __enzyme_autodiff_m(void *, ...);
static double f(double x, double y) { return x * x * y; }
int main(void) {
  EXPECT("a", AD(__enzyme_autodiff_m((void *)f, nabla_out, 3.0, nabla_const, 2.0), 12), 12);
  EXPECT("b", AD(__nabla_autodiff_d((void *)f, enzyme_const, 3.0, enzyme_out, 2.0), 9), 9);
  return chk_exit();
}
