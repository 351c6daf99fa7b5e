// RUN: %check %s
#include "check.h"
typedef double v4 __attribute__((vector_size(32)));
typedef long long m4 __attribute__((vector_size(32)));
static v4 blend(m4 mask, v4 a, v4 b) { return (v4)(((m4)a & mask) | ((m4)b & ~mask)); }
static double relu_sum(double *x, int n) {
  v4 zero = {0, 0, 0, 0}, total = zero;
  for (int i = 0; i + 4 <= n; i += 4) {
    v4 a = {x[i], x[i + 1], x[i + 2], x[i + 3]};
    total += blend(a > zero, a * a, 0.1 * a);
  }
  return total[0] + total[1] * total[2] + total[3];
}
int main(void) {
  double x[] = {0.9, -1.2, -0.7, 0.4, -0.3, 1.1, 0.2, -0.8};
  CHECK_GRAD("blend", relu_sum, x, 8);
  return chk_exit();
}
