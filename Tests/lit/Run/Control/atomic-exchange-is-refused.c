// RUN: %check %s
// REFUSE: cannot differentiate this atomic operation on active memory in 'swap'
// LEVELS: -O0; -O2; -O2 -g
/* Clang exchanges floating-point numbers as integers: the value must not pass unseen. */
#include <stdatomic.h>
#include <stdio.h>
extern int nabla_dup;
void __nabla_autodiff(void *, ...);

static double swap(const double *x, double *y) {
  double old = atomic_exchange((_Atomic double *)y, x[0] * x[1]);
  return old * y[0];
}

int main(void) {
  double x[2] = {1, 2}, dx[2] = {0}, y = 3, dy = 0;
  __nabla_autodiff((void *)swap, x, dx, &y, &dy);
  printf("%g %g %g\n", dx[0], dx[1], dy);
  return 0;
}
