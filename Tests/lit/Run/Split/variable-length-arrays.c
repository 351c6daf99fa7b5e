// RUN: %check %s
// SANITIZE
#include "check.h"
struct result { void *tape; double value; };
struct result __nabla_augmentfwd_r(void *, ...);
void __nabla_reverse_v(void *, ...);
/* Arrays whose length is known on entry: they move to the tape, behind the computation of their length. */
static double bezier(const double *c, int n, double t) {
  int m = n / 2 + 1;
  double b[m][m + 1], w[m];
  for (int i = 0; i < m; i++) { b[0][i] = c[i] * c[n - 1 - i]; w[i] = 1 + c[i]; }
  for (int j = 1; j < m; j++) for (int i = 0; i < m - j; i++) b[j][i] = b[j - 1][i] * (1 - t) + b[j - 1][i + 1] * t * w[i];
  return b[m - 1][0] * w[0];
}
static double f(double *x, int n) { return bezier(x, n, 0.3); }
int main(void) {
  double x[] = {0.7, 0.9, 0.3, 1.2, -0.8, 0.4}, combined[6] = {0}, split[6] = {0};
  CHECK_GRAD("combined", f, x, 6);
#ifndef NO_AD
  __nabla_autodiff_v((void *)f, nabla_dup, x, combined, 6);
  struct result r = __nabla_augmentfwd_r((void *)f, nabla_dup, x, split, 6);
  EXPECT("value", r.value, f(x, 6));
  for (int i = 0; i < 6; i++) x[i] = 100;
  __nabla_reverse_v((void *)f, nabla_dup, x, split, 6, 1.0, r.tape);
  for (int i = 0; i < 6; i++) EXPECT("split", split[i], combined[i]);
#endif
  return chk_exit();
}
