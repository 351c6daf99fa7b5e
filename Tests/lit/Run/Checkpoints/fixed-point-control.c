// RUN: %check %s
// RUN: %clang -O1 -c %s -o %t.o 2>&1 | %filecheck %s
// LEVELS: -O0; -O2
/* What would steer the iteration is named, and not asked. */
// CHECK: warning: what follows 'enzyme_fp_control' is not used: the iteration for derivatives ends when it has converged; say otherwise with 'enzyme_fp_max_iters', number, or 'enzyme_fp_reduction', number
#include "check.h"
extern int enzyme_fp_state, enzyme_fp_control;
void __enzyme_fixed_point(void *, ...);
static struct { int version; void *f; } control;
static int step(double *z, const double *p) {
  double old = *z;
  *z = cos(old * p[0]) * p[1];
  return fabs(*z - old) > 1e-14;
}
static double f(double *x, int n) {
  double z = 1;
#ifdef NO_AD
  while (step(&z, x)) {}
#else
  __enzyme_fixed_point((void *)step, enzyme_fp_state, &z, sizeof z, enzyme_fp_control, &control, &z, x);
#endif
  return z;
}
int main(void) {
  double x[2] = {0.8, 0.7};
  CHECK_GRAD("fixed point", f, x, 2);
  return chk_exit();
}
