// RUN: %check %s
// REFUSE: the operands of __nabla_checkpoint_for in 'f' don't fit; expected: \(void \*\)step, start, count, nabla_snapshots, number
// LEVELS: -O0; -O2; opt
#include "check.h"
extern int nabla_snapshots, nabla_checkpoint_region;
void __nabla_checkpoint_for(void *, ...);
static void step(long i, double *u, double k) { u[0] = sin(u[0]) * k; }
static double f(double *x, int n) {
  double u[2] = {x[0], x[1]};
  __nabla_checkpoint_for((void *)step, 0L, 5L, nabla_checkpoint_region, u, sizeof u, u, 0.5);
  return u[0] * u[1];
}
int main(void) {
  double x[] = {0.3, 0.4};
  CHECK_GRAD("operands", f, x, 2);
  return chk_exit();
}
