// RUN: %check %s
// REFUSE: 'step', the step of a checkpointed loop, writes memory that is in none of the loop's regions
// LEVELS: -O0; -O2; opt
#include "check.h"
extern int nabla_snapshots, nabla_checkpoint_region;
void __nabla_checkpoint_for(void *, ...);
static void step(long i, double *u, double *last) {
  *last = u[0];
  u[0] = sin(u[0]) + u[1] * *last;
}
static double f(double *x, int n) {
  double u[2] = {x[0], x[1]}, last = 0;
  __nabla_checkpoint_for((void *)step, 0L, 5L, nabla_snapshots, 2, nabla_checkpoint_region, u, sizeof u, u, &last);
  return u[0] * u[1] + last;
}
int main(void) {
  double x[] = {0.3, 0.4};
  CHECK_GRAD("outside", f, x, 2);
  return chk_exit();
}
