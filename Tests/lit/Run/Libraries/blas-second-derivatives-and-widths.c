// REQUIRES: has-blas
// RUN: %check %s
// LEVELS: -O0; -O2; opt
// LIBS: -lblas
// SANITIZE
#include "check.h"
#include <cblas.h>
enum { n = 4, N = n * n };
void __nabla_autodiff_w(void *, ...);
struct chk_2v { double v[2]; } __nabla_fwddiff_w(void *, ...);
/* log det by solving with triangles, products with symmetric and general matrices. */
static double f(double *x) {
  double C[N] = {0}, L[N], v[n] = {1, 2, 3, 4};
  cblas_dsyrk(CblasRowMajor, CblasLower, CblasNoTrans, n, n, 0.5, x, n, 0, C, n);
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) L[i * n + j] = j < i ? 0.1 * C[i * n + j] : i == j ? 2 + C[i * n + j] : 7;
  cblas_dtrsv(CblasRowMajor, CblasLower, CblasNoTrans, CblasNonUnit, n, L, n, v, 1);
  cblas_dsymv(CblasRowMajor, CblasLower, n, 1, C, n, v, 1, 0.5, x, 4);
  cblas_dtrmm(CblasRowMajor, CblasLeft, CblasLower, CblasTrans, CblasNonUnit, n, n, x[5], L, n, x, n);
  cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, n, n, n, x[1], x, n, x, n, 1, C, n);
  double s = cblas_dnrm2(N, C, 1);
  return s + cblas_ddot(n, v, 1, x + 3, 4);
}
static void gradient(double *x, double *g) {
  double y[N], dy[N] = {0};
  for (int i = 0; i < N; i++) y[i] = x[i];
  __nabla_autodiff_v((void *)f, nabla_dup, y, dy);
  for (int i = 0; i < N; i++) g[i] = dy[i];
}
/* Tangent of f as a function to be differentiated. */
static void tangent(double *x, double *t) {
  double y[N], dy[N];
  for (int i = 0; i < N; i++) y[i] = x[i], dy[i] = cos(i);
  t[0] = __nabla_fwddiff_d((void *)f, nabla_dup, y, dy);
}
static double first(double *x, int m) { return f(x); }
int main() {
  double x[N];
  for (int i = 0; i < N; i++) x[i] = 0.5 + 0.5 * sin(i * i + 0.3);
  CHECK_GRAD("first", first, x, N);
  CHECK_JAC("gradient", gradient, x, N, N);
  CHECK_JAC("tangent", tangent, x, N, 1);
  /* Two directions at once. */
  double g[N], y[N], z[2][N], d[2][N];
  gradient(x, g);
  for (int i = 0; i < N; i++) y[i] = x[i], z[0][i] = sin(i), z[1][i] = cos(i), d[0][i] = d[1][i] = 0;
  double want[2] = {0, 0};
  for (int i = 0; i < N; i++) want[0] += g[i] * z[0][i], want[1] += g[i] * z[1][i];
  struct chk_2v t = __nabla_fwddiff_w((void *)f, nabla_width, 2, nabla_dup, y, z[0], z[1]);
  EXPECT("forward 1", t.v[0], want[0]);
  EXPECT("forward 2", t.v[1], want[1]);
  for (int i = 0; i < N; i++) y[i] = x[i];
  __nabla_autodiff_w((void *)f, nabla_width, 2, nabla_dup, y, d[0], d[1]);
  for (int k = 0; k < 2; k++) for (int i = 0; i < N; i++) EXPECT("reverse", d[k][i], g[i]);
  return chk_exit();
}
