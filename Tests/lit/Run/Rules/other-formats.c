// RUN: %check %s
#include "check.h"
typedef double (*Fn)(double);
typedef double (*FnV)(double *, int);
Fn __nabla_truncate_op_func_f(void *, ...);
FnV __nabla_truncate_op_func_v(void *, ...);
FnV __nabla_truncate_mem_func_v(void *, ...);
double __nabla_truncate_mem_value_d(double, int, int);
double __nabla_expand_mem_value_d(double, int, int);
static double f(double x) { double s = x; for (int i = 0; i < 5; i++) s = s * x + 1.0 / 3; return s; }
static double inner(double a, double b) { return sqrt(a * a + b * b) + exp(-a); }
static double sum(double *x, int n) { double s = 0; for (int i = 0; i < n; i++) { s += inner(x[i], (double)i / 3); x[i] *= s; } return s; }
static double onethird(double x) { return x / 3; }
/* binary format with p bits after the point, by hand */
static double rnd(double x, int p) { int e; double m = frexp(x, &e); return ldexp(nearbyint(ldexp(m, p + 1)), e - p - 1); }
int main(void) {
  Fn b = __nabla_truncate_op_func_f((void *)onethird, 64, 8, 7);
  EXPECT("bfloat", b(1.0), rnd(1.0 / 3, 7));
  Fn c = __nabla_truncate_op_func_f((void *)onethird, 64, 6, 13);
  EXPECT("custom", c(1.0), rnd(1.0 / 3, 13));
  EXPECT("custom argument", c(M_PI), rnd(rnd(M_PI, 13) / 3, 13));
  EXPECT("overflow", isinf(c(1e30)), 1);
  EXPECT("underflow", c(1e-30), 0);
  EXPECT_TOL("subnormal", c(3 * ldexp(5, -40)), ldexp(5, -40), ldexp(1, -44));
  Fn h = __nabla_truncate_op_func_f((void *)f, 64, 16);
  EXPECT_TOL("half", h(0.7), f(0.7), 1e-2);
  EXPECT("half-differs", h(0.7) != f(0.7), 1);
  double x[3] = {0.3, 1.7, 0.2}, y[3] = {0.3, 1.7, 0.2};
  FnV v = __nabla_truncate_op_func_v((void *)sum, 64, 32);
  double low = v(x, 3), wide = sum(y, 3);
  EXPECT_TOL("sum", low, wide, 1e-5); EXPECT("sum-differs", low != wide, 1); EXPECT("is float", (double)(float)low, low);
  double z[3] = {0.3, 1.7, 0.2}; for (int i = 0; i < 3; i++) z[i] = __nabla_truncate_mem_value_d(z[i], 64, 32);
  double m = __nabla_expand_mem_value_d(__nabla_truncate_mem_func_v((void *)sum, 64, 32)(z, 3), 64, 32);
  EXPECT("memory", m, low); EXPECT_TOL("element", __nabla_expand_mem_value_d(z[1], 64, 32), y[1], 1e-5);
  return chk_exit();
}
