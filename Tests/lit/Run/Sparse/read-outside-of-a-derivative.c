// RUN: %check %s
// REFUSE: the pointer of __nabla_todense in 'main' is read or written in '\w+', outside of a derivative, where it can't be followed
#include <stdio.h>
double *__nabla_todense(void *, ...);
static double one(size_t offset) { return 1; }
static void never(double value, size_t offset) {}
static double f(const double *x) { return x[0] * x[1]; }
int main(void) { printf("%g\n", f(__nabla_todense((void *)one, (void *)never))); }
