#include <stdio.h>

double cube(double x);
double __nabla_autodiff(void *, ...);

int main(void) { printf("%g\n", __nabla_autodiff((void *)cube, 3.0)); }
