// RUN: %check %s
#include "check.h"
extern int nabla_allocated, nabla_tape;
double __nabla_augmentfwd_buf(void *, ...);
void __nabla_reverse_buf(void *, ...);
static double f(double *x) { double t = x[0] * x[1]; x[0] = cos(t); return t * x[0]; }
int main(void) {
  double x[] = {0.5, 1.5}, dx[] = {0, 0}, t = 0.75, g = cos(t) - t * sin(t);
  (void)t;
#ifndef NO_AD
  char buffer[256] __attribute__((aligned(16)));
  double value = __nabla_augmentfwd_buf((void *)f, nabla_dup, x, dx, nabla_allocated, 256, nabla_tape, buffer);
  EXPECT("value", value, t * cos(t));
  x[1] = 77;
  __nabla_reverse_buf((void *)f, nabla_dup, x, dx, nabla_allocated, 256, nabla_tape, buffer, 1.0);
#else
  dx[0] = g * 1.5; dx[1] = g * 0.5;
#endif
  EXPECT("dx0", dx[0], g * 1.5);
  EXPECT("dx1", dx[1], g * 0.5);
  return chk_exit();
}
