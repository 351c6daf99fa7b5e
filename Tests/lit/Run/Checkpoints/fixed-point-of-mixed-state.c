// RUN: %check %s
// REFUSE: cannot tell which bytes of the state of the fixed point of 'step' are numbers; pass arrays of numbers, or structures whose size is constant
#include "check.h"
extern int nabla_fp_state;
void __nabla_fixed_point(void *, ...);
/* The first half of the state is double, the second float. */
static int step(char *state, const double *p, long n) {
  double change = 0;
  for (long i = 0; i < n; i++) {
    double *z = (double *)state + i, old = *z;
    float *w = (float *)(state + 8 * n) + i;
    *z = 0.5 * old + p[i] + 0.1 * *w;
    *w = 0.3f * *w + (float)*z;
    change = fmax(change, fabs(*z - old));
  }
  return change > 1e-14;
}
static double f(double *x, int n) {
  char *state = calloc(n, 12);
  __nabla_fixed_point((void *)step, nabla_fp_state, state, 12L * n, state, x, (long)n);
  double r = *(double *)state;
  free(state);
  return r;
}
int main(void) {
  double x[2] = {0.7, 0.2};
  CHECK_GRAD("f", f, x, 2);
  return chk_exit();
}
