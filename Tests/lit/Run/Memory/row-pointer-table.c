// RUN: %check %s
// SANITIZE
#include "check.h"
static double **make(int rows, int cols) {
  double **a = (double **)malloc(rows * sizeof *a);
  for (int i = 0; i < rows; i++) a[i] = (double *)calloc(cols, sizeof **a);
  return a;
}
static void release(double **a, int rows) { for (int i = 0; i < rows; i++) free(a[i]); free(a); }
static double norm(double *x, int n) {
  int m = n / 2;
  double **a = make(2, m), **b = make(m, 2), s = 0;
  for (int i = 0; i < 2; i++) for (int j = 0; j < m; j++) { a[i][j] = x[i * m + j]; b[j][i] = cos(a[i][j]); }
  double *swap = a[0]; a[0] = a[1]; a[1] = swap;
  for (int i = 0; i < 2; i++) for (int j = 0; j < 2; j++) { double c = 0; for (int k = 0; k < m; k++) c += a[i][k] * b[k][j]; s += c * c * (i + 1); }
  release(a, 2);
  release(b, m);
  return s;
}
static double rows(double **a, int n, int m) { double s = 0; for (int i = 0; i < n; i++) for (double *p = a[i]; p < a[i] + m; p++) s += *p * *p * (i + 1); return s; }
int main(void) {
  double x[] = {0.9, 1.2, 0.7, 1.4, -0.3, 0.2};
  double r0[] = {1, 2}, r1[] = {3, 4}, d0[2] = {0}, d1[2] = {0}, *a[] = {r0, r1}, *d[] = {d0, d1};
  CHECK_GRAD("norm", norm, x, 6);
  AD_DO(__nabla_autodiff_v((void *)rows, a, d, 2, 2), (d0[1] = 4, d1[0] = 12));
  EXPECT("row0", d0[1], 4);
  EXPECT("row1", d1[0], 12);
  return chk_exit();
}
