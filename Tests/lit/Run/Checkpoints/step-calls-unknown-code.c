// RUN: %check %s
// REFUSE: 'step', the step of a checkpointed loop, calls 'elsewhere', which may change memory
// LEVELS: -O0; -O2; opt
#include "check.h"
extern int nabla_snapshots, nabla_checkpoint_region;
void __nabla_checkpoint_for(void *, ...);
void elsewhere(int);
static void step(long i, double *u) {
  elsewhere((int)i);
  u[0] = sin(u[0]) + u[1];
}
static double f(double *x, int n) {
  double u[2] = {x[0], x[1]};
  __nabla_checkpoint_for((void *)step, 0L, 5L, nabla_snapshots, 2, nabla_checkpoint_region, u, sizeof u, u);
  return u[0] * u[1];
}
int main(void) {
  double x[] = {0.3, 0.4};
  CHECK_GRAD("calls", f, x, 2);
  return chk_exit();
}
