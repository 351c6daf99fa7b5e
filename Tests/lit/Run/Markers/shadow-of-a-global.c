// RUN: %check %s
#include "check.h"
void *__nabla_shadow(void *, int, int);
double weight = 1.5;
static double f(double x) { return weight * weight * x * x; }
int main(void) {
  double slope = 2 * 1.5 * 1.5 * 2, by_weight = 2 * 1.5 * 4;
#ifndef NO_AD
  double *shadow = (double *)__nabla_shadow((void *)&weight, 1, 0);
  *shadow = 0;
  slope = __nabla_autodiff_d((void *)f, 2.0);
  by_weight = *shadow;
#endif
  EXPECT("dx", slope, 9);
  EXPECT("dweight", by_weight, 12);
  return chk_exit();
}
