/* The program that the build files beside this one build. */
#include <nabla/nabla.h>
#include <stdio.h>

static double energy(const double *q, int n, double k) {
  double s = 0;
  for (int i = 0; i < n; i++) s += k * q[i] * q[i];
  return s;
}

double __nabla_autodiff_energy(void *, ...);

int main(void) {
  double q[3] = {1, 2, 3}, dq[3] = {0};
  double dk = __nabla_autodiff_energy((void *)energy, nabla_dup, q, dq, nabla_const, 3, nabla_out, 0.5);
  printf("dq %g %g %g  dk %g\n", dq[0], dq[1], dq[2], dk);
}
