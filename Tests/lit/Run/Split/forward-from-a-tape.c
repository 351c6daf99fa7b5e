// RUN: %check %s
// SANITIZE
#include "check.h"
extern int nabla_nofree;
struct tr { void *tape; double ret; };
struct tr __nabla_augmentfwd_f(void *, ...);
double __nabla_fwdsplit_f(void *, ...);
static double f(const double *x, int n) { double s = 1; for (int i = 0; i < n; i++) s *= sin(x[i]); return s; }
int main(void) {
  double x[] = {0.5, 1.2}, u[] = {1, 0}, want = cos(0.5) * sin(1.2), got = want;
#ifndef NO_AD
  struct tr t = __nabla_augmentfwd_f((void *)f, nabla_dup, x, u, 2);
  EXPECT("value", t.ret, sin(0.5) * sin(1.2));
  got = __nabla_fwdsplit_f((void *)f, nabla_dup, x, u, 2, t.tape);
#endif
  EXPECT("tangent", got, want);
  return chk_exit();
}
