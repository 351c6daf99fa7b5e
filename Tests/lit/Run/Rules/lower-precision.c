// RUN: %check %s
#include "check.h"
typedef double (*Fn)(double);
Fn __nabla_truncate_op_func_f(void *, ...);
static double f(double x) { double s = x; for (int i = 0; i < 5; i++) s = s * x + 1.0 / 3; return s; }
static double narrow(float x) { float s = x; for (int i = 0; i < 5; i++) s = s * x + (float)1 / (float)3; return s; }
static double narrow_of(double x) { return narrow((float)x); }
int main(void) {
  Fn g = AD(__nabla_truncate_op_func_f((void *)f, 64, 32), narrow_of);
  double wide = f(0.7), low = g(0.7);
  EXPECT_TOL("near", low, wide, 1e-5);
  EXPECT("differs", low != wide, 1);
  EXPECT_TOL("as-float", low, narrow(0.7f), 1e-6);
  return chk_exit();
}
