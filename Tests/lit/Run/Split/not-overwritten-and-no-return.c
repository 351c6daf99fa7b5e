// RUN: %check %s
#include "check.h"
extern int nabla_not_overwritten, nabla_noret;
void *__nabla_augmentfwd_n(void *, ...);
void __nabla_reverse_n(void *, ...);
static double f(const double *x, int n) { double s = 0; for (int i = 0; i < n; i++) s += x[i] * x[i] * x[i]; return s; }
int main(void) {
  double x[] = {0.5, 1.5, -1}, dx[] = {0, 0, 0};
#ifndef NO_AD
  void *tape = __nabla_augmentfwd_n((void *)f, nabla_noret, nabla_not_overwritten, nabla_dup, x, dx, 3);
  __nabla_reverse_n((void *)f, nabla_noret, nabla_not_overwritten, nabla_dup, x, dx, 3, 2.0, tape);
#else
  for (int i = 0; i < 3; i++) dx[i] = 6 * x[i] * x[i];
#endif
  for (int i = 0; i < 3; i++) EXPECT("dx", dx[i], 6 * x[i] * x[i]);
  return chk_exit();
}
