// RUN: %check %s
// REFUSE: the pointer of __nabla_todense in 'main' is stored in memory where it can't be followed; pass it to a derivative
// FLAGS: -g
#include <stdio.h>
extern int nabla_dup;
double *__nabla_todense(void *, ...);
double __nabla_fwddiff(void *, ...);
static double one(size_t offset) { return 1; }
static void never(double value, size_t offset) {}
const double *kept;
static double f(const double *x) { kept = x; return x[0] * x[1]; }
int main(void) {
  double x[2] = {2, 3};
  printf("%g\n", __nabla_fwddiff((void *)f, nabla_dup, x, __nabla_todense((void *)one, (void *)never)));
}
