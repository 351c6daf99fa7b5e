// RUN: %check %s
#include "check.h"
extern int nabla_vector, nabla_scalar;
struct r4 { double a, b, c, d; };
struct r4 __nabla_batch_4(void *, ...);
static double f(double x, double k) { double s = x; for (int i = 0; i < 3; i++) s = s * x + k; return s; }
int main(void) {
  struct r4 r = {f(1, 2), f(2, 2), f(3, 2), f(4, 2)};
  AD_DO(r = __nabla_batch_4((void *)f, nabla_width, 4, nabla_vector, 1.0, 2.0, 3.0, 4.0, nabla_scalar, 2.0), (void)0);
  EXPECT("a", r.a, f(1, 2)); EXPECT("b", r.b, f(2, 2)); EXPECT("c", r.c, f(3, 2)); EXPECT("d", r.d, f(4, 2));
  return chk_exit();
}
