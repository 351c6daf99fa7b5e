// RUN: %check %s
// SANITIZE
#include "check.h"
struct augmented { double *tape; double value; };
static double __attribute__((noinline)) norm(const double *x, int n) { double s = 0; for (int i = 0; i < n; i++) s += x[i] * x[i]; return sqrt(s); }
static struct augmented norm_augmented(const double *x, double *dx, int n, int dn) {
  struct augmented r = {(double *)malloc((n + 1) * sizeof(double)), norm(x, n)};
  (void)dx; (void)dn;
  for (int i = 0; i < n; i++) r.tape[i] = x[i];
  r.tape[n] = r.value;
  return r;
}
static void norm_reverse(const double *x, double *dx, int n, int dn, double seed, double *tape) {
  (void)x; (void)dn;
  for (int i = 0; dx && i < n; i++) dx[i] += seed * tape[i] / tape[n];
  free(tape);
}
void *__nabla_register_gradient_norm[3] = {(void *)norm, (void *)norm_augmented, (void *)norm_reverse};
static double f(double *x, int n) { double a = norm(x, n); x[0] = a * x[1]; return norm(x, n - 1) * a; }
int main(void) {
  double x[] = {0.5, 1.2, -0.8, 0.3}, y[4], d[4] = {0}, w[4];
  for (int k = 0; k < 4; k++) {
    double s[4];
    for (int q = 0; q < 4; q++) { memcpy(y, x, sizeof y); y[k] += (q & 1 ? -1 : 1) * (q & 2 ? 5e-4 : 1e-3); s[q] = f(y, 4); }
    w[k] = (4 * (s[2] - s[3]) / 1e-3 - (s[0] - s[1]) / 2e-3) / 3;
  }
  memcpy(y, x, sizeof y);
  AD_DO(__nabla_autodiff_v((void *)f, y, d, 4), memcpy(d, w, sizeof d));
  for (int k = 0; k < 4; k++) EXPECT_TOL("d", d[k], w[k], 1e-7);
  return chk_exit();
}
