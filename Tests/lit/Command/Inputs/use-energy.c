/* Calls what `nabla differentiate` made. */
#include "gradient.h"
#include <math.h>
#include <stdio.h>

int main(void) {
  double q[3] = {1, 2, 3}, dq[3] = {0};
  double dk = energy_gradient(q, dq, 3, 0.5);
  printf("%g %g %g %g\n", dq[0], dq[1], dq[2], dk);
}
