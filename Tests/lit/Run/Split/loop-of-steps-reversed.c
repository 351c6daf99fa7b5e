// RUN: %check %s
// SANITIZE
#include "check.h"
/* Time steps taped one by one, reversed in the opposite order. */
void *__nabla_augmentfwd_step(void *, ...);
void __nabla_reverse_step(void *, ...);
static void step(double *x) { double t = x[0]; x[0] = x[0] + 0.2 * sin(x[1]); x[1] = x[1] * t; }
static double run(double a, double b) { double x[2] = {a, b}; for (int i = 0; i < 5; i++) step(x); return x[0] + 3 * x[1]; }
static double run_a(double a) { return run(a, 0.8); }
static double run_b(double b) { return run(0.9, b); }
int main(void) {
  double x[2] = {0.9, 0.8}, dx[2] = {0, 0}, wa = chk_fd1(run_a, 0.9), wb = chk_fd1(run_b, 0.8);
#ifndef NO_AD
  void *tape[5];
  for (int i = 0; i < 5; i++) tape[i] = __nabla_augmentfwd_step((void *)step, nabla_dup, x, dx);
  EXPECT("value", x[0] + 3 * x[1], run(0.9, 0.8));
  dx[0] = 1; dx[1] = 3;
  for (int i = 4; i >= 0; i--) __nabla_reverse_step((void *)step, nabla_dup, x, dx, tape[i]);
#else
  dx[0] = wa; dx[1] = wb;
#endif
  EXPECT_TOL("da", dx[0], wa, 1e-7);
  EXPECT_TOL("db", dx[1], wb, 1e-7);
  return chk_exit();
}
