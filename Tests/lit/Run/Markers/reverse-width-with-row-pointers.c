// RUN: %check %s
// SANITIZE
#include "check.h"
/* Two directions at a time through tables of row pointers and scratch memory: what is kept for one is kept for each. */
static void solve(double *x, double *y) {
  enum { N = 3 };
  double **a = malloc(N * sizeof *a);
  for (int i = 0; i < N; i++) { a[i] = malloc((N + 1) * sizeof **a); memcpy(a[i], x + (N + 1) * i, (N + 1) * sizeof **a); }
  for (int p = 0; p < N; p++) {
    int best = p;
    for (int i = p + 1; i < N; i++) if (fabs(a[i][p]) > fabs(a[best][p])) best = i;
    double *t = a[p]; a[p] = a[best]; a[best] = t;
    for (int i = p + 1; i < N; i++) { double m = a[i][p] / a[p][p]; for (int j = p; j <= N; j++) a[i][j] -= m * a[p][j]; }
  }
  for (int i = N - 1; i >= 0; i--) { y[i] = a[i][N]; for (int j = i + 1; j < N; j++) y[i] -= a[i][j] * y[j]; y[i] /= a[i][i]; }
  for (int i = 0; i < N; i++) free(a[i]);
  free(a);
}
int main(void) {
  double x[] = {0.1, 2, -1, 0.5, 3, 0.4, 0.5, -2, -1, 1.5, 4, 1}, y[3];
  CHECK_JAC("solution", solve, x, 12, 3);
#ifndef NO_AD
  double one[2][12] = {{0}}, two[2][12] = {{0}};
  for (int k = 0; k < 2; k++) { double seed[3] = {k, 1 - k, 0.5}; __nabla_autodiff_v((void *)solve, nabla_dup, x, one[k], nabla_dup, y, seed); }
  double s0[3] = {0, 1, 0.5}, s1[3] = {1, 0, 0.5};
  __nabla_autodiff_v((void *)solve, nabla_width, 2, nabla_dup, x, two[0], two[1], nabla_dup, y, s0, s1);
  for (int k = 0; k < 2; k++) for (int i = 0; i < 12; i++) EXPECT("lane", two[k][i], one[k][i]);
#endif
  return chk_exit();
}
