// RUN: %check %s
// LEVELS: -O2
// REFUSE: no tangents from a tape for 'dgemv' of BLAS.*__nabla_fwddiff
#include "check.h"
void cblas_dgemv(int, int, int, int, double, const double *, int, const double *, int, double, double *, int);
void __nabla_fwdsplit_t(void *, ...);
static void f(double *x, double *y) { cblas_dgemv(101, 111, 2, 2, 1, x, 2, x + 4, 1, 0, y, 1); }
int main() {
  double x[6] = {1, 2, 3, 4, 5, 6}, dx[6] = {1}, y[2], dy[2];
  void *t = __nabla_augmentfwd_v((void *)f, nabla_dup, x, dx, nabla_dup, y, dy);
  __nabla_fwdsplit_t((void *)f, nabla_dup, x, dx, nabla_dup, y, dy, t);
  return 0;
}
