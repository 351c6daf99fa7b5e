// RUN: %check %s
// REFUSE: 'step' can't be the step of __nabla_checkpoint_while in 'f': it must return whether there is another step
#include "check.h"
extern int nabla_snapshots, nabla_checkpoint_region;
void __nabla_checkpoint_while(void *, ...);
static void step(double *z) { z[0] = 0.5 * z[0]; }
static double f(double *x, int n) {
  double z[1] = {x[0]};
  __nabla_checkpoint_while((void *)step, nabla_snapshots, 3, nabla_checkpoint_region, z, sizeof z, z);
  return z[0];
}
int main(void) {
  double x[1] = {0.7};
  CHECK_GRAD("f", f, x, 1);
  return chk_exit();
}
