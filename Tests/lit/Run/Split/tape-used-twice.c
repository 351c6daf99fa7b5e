// RUN: %check %s
// SANITIZE
#include "check.h"
/* One forward sweep, two reverse sweeps: the rows of a Jacobian. */
extern int nabla_nofree;
void *__nabla_augmentfwd_r(void *, ...);
void __nabla_reverse_r(void *, ...);
static void f(const double *x, double *y) { double t = exp(x[0]); y[0] = t * x[1]; y[1] = t + x[1] * x[1]; }
int main(void) {
  double x[] = {0.5, 1.5}, y[2], e = exp(0.5), rows[2][2] = {{1.5 * e, e}, {e, 3}};
  for (int r = 0; r < 2; r++) {
    double dx[2] = {0, 0}, dy[2] = {0, 0};
#ifndef NO_AD
    void *tape = __nabla_augmentfwd_r((void *)f, x, dx, y, dy);
    dy[r] = 1;
    __nabla_reverse_r((void *)f, x, dx, y, dy, tape);
#else
    dx[0] = rows[r][0]; dx[1] = rows[r][1];
#endif
    EXPECT("row", dx[0], rows[r][0]);
    EXPECT("row", dx[1], rows[r][1]);
  }
  return chk_exit();
}
