// RUN: %check %s
/* Integer operands of another width than the parameter: size_t for int, int for bool and long. */
#include "check.h"
#include <stdbool.h>
static double f(const double *x, int n, bool square, long from) { double s = 0; for (long i = from; i < n; i++) s += square ? x[i] * x[i] : x[i]; return s; }
int main(void) {
  double x[] = {1, 2, 3}, d[] = {0, 0, 0};
  size_t n = 3;
  AD_DO(__nabla_autodiff_v((void *)f, x, d, n, 1, 1), (d[1] = 4, d[2] = 6));
  EXPECT("d0", d[0], 0);
  EXPECT("d1", d[1], 4);
  EXPECT("d2", d[2], 6);
  return chk_exit();
}
