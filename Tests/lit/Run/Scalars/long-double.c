// RUN: %check %s
#include "check.h"
long double __nabla_autodiff_ld(void *, long double);
long double __nabla_fwddiff_ld(void *, long double, long double);
static long double f(long double x) { return sinl(x) * x + expl(-x) / (1 + x * x); }
static double through(double x) { long double t = x; t = t * t * t; return (double)(t - sqrtl(t)); }
static double summed(double *x, int n) { long double s = 0; for (int i = 0; i < n; i++) s += (long double)x[i] * x[i] * i; return (double)s; }

int main(void) {
  long double x = 0.8L, q = 1 + x * x;
  long double want = cosl(x) * x + sinl(x) - expl(-x) / q - expl(-x) * 2 * x / (q * q);
  double v[] = {1, -2, 0.5, 3};
  EXPECT("reverse", AD(__nabla_autodiff_ld((void *)f, x), want), want);
  EXPECT("forward", AD(__nabla_fwddiff_ld((void *)f, x, 1.0L), want), want);
  CHECK1("through", through, 1.3);
  CHECK_GRAD("summed", summed, v, 4);
  return chk_exit();
}
