// RUN: %check %s
// REFUSE: 'step', the step of a checkpointed loop, writes memory that is in none of the loop's regions, so the step could not be done again; pass .nabla_fp_state, pointer, bytes
#include "check.h"
extern int nabla_fp_state;
void __nabla_fixed_point(void *, ...);
static int step(double *z, const double *p, int *n) {
  double old = z[0];
  z[0] = 0.5 * old + p[0];
  *n += 1;
  return fabs(z[0] - old) > 1e-14;
}
static double f(double *x, int n) {
  double z[1] = {0};
  int steps = 0;
  __nabla_fixed_point((void *)step, nabla_fp_state, z, sizeof z, z, x, &steps);
  return z[0] * steps;
}
int main(void) {
  double p[1] = {0.7}, t[1] = {1};
  return __nabla_fwddiff_d((void *)f, nabla_dup, p, t, 1) > 1;
}
