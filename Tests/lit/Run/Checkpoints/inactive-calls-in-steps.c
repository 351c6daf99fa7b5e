// RUN: %check %s
#include "check.h"
extern int nabla_snapshots, nabla_checkpoint_region;
void __nabla_checkpoint_for(void *, ...);
__attribute__((noinline)) void note(int i) { static int seen; seen += i; }
void *__nabla_inactivefn_note = (void *)note;
static void step(long i, double *u, const double *p) {
  note((int)i);
  u[0] = sin(u[0]) * p[0] + u[1];
  u[1] = 0.5 * u[1] + p[1] * 0.01;
}
static double f(double *x, int n) {
  double u[2] = {x[0], x[1]}, s = 0;
  for (int k = 0; k < 3; k++) {
#ifdef NO_AD
    for (long i = 0; i < 5; i++) step(i, u, x + 2);
#else
    __nabla_checkpoint_for((void *)step, 0L, 5L, nabla_snapshots, 2, nabla_checkpoint_region, u, sizeof u, u, x + 2);
#endif
    s += u[0] * u[1] * k;
  }
  return s;
}
int main(void) {
  double x[] = {0.3, 0.4, 0.8, 0.7};
  CHECK_GRAD("calls", f, x, 4);
  return chk_exit();
}
