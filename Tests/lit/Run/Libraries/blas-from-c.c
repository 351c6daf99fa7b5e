// REQUIRES: has-blas
// RUN: %check %s
// LIBS: -lblas
// SANITIZE
/* Every routine, by rows and by columns, with all flags, gaps between columns, and vectors walked through in either direction. */
#include "check.h"
#include <cblas.h>
enum { N = 14 };
static double at(const double *x, int i) { return x[i % N] * 0.7 + 0.3 * sin(i + x[(i + 3) % N]); }
static void fill(double *a, int n, const double *x, int shift) { for (int i = 0; i < n; i++) a[i] = at(x, i * 5 + shift); }
static double sum(const double *a, int n) { double s = 0; for (int i = 0; i < n; i++) s += a[i] * a[i] * (1 + i % 3) + a[i] * sin(i); return s; }
static int order, ta, tb, up, dg, sd;
static double level1(double *x, int n) {
  double a[20], b[20], s;
  fill(a, 20, x, 0); fill(b, 20, x, 4);
  s = cblas_ddot(6, a, 2, b, -3) * cblas_dnrm2(5, a, 3) + cblas_dasum(7, b, 2);
  cblas_daxpy(6, x[0], a, -2, b, 3); cblas_dscal(5, x[1], a, 4); cblas_dswap(4, a, 2, b, 1); cblas_dcopy(5, a, 1, b + 3, 2);
  cblas_drot(5, a, 1, b, 2, cos(x[2]), sin(x[2]));
  return s + sum(a, 20) + sum(b, 20);
}
static double level2(double *x, int n) {
  double A[30], u[20], v[20], w[20], s = 0;
  fill(A, 30, x, 0); fill(u, 20, x, 4); fill(v, 20, x, 9); fill(w, 20, x, 2);
  int ld = 5;
  cblas_dgemv(order, ta, 3, 4, x[3], A, ld, u, 2, x[5], v, -3);
  cblas_dgemv(order, ta, 3, 4, 0.5, A, ld, u, -1, 1, v, 1);
  cblas_dger(order, 3, 4, x[1], u, -2, v, 1, A, ld);
  cblas_dsymv(order, up, 4, x[2], A, ld, u, 1, x[4], w, 1); cblas_dsymv(order, up, 4, 0.25, A, ld, u, -2, 1, w, 3);
  cblas_dsyr(order, up, 4, x[6], v, 2, A, ld); cblas_dsyr2(order, up, 4, x[7], v, 1, w, -1, A, ld);
  for (int i = 0; i < 5; i++) A[i * 6] += 3;
  cblas_dtrmv(order, up, ta, dg, 4, A, ld, u, 1); cblas_dtrmv(order, up, ta, dg, 4, A, ld, v, -2);
  s = sum(u, 20);
  cblas_dtrsv(order, up, ta, dg, 4, A, ld, u, 3); cblas_dtrsv(order, up, ta, dg, 4, A, ld, w, 1);
  return s + sum(A, 30) + sum(u, 20) + sum(v, 20) + sum(w, 20);
}
static double level3(double *x, int n) {
  double A[30], B[30], C[30], s = 0;
  fill(A, 30, x, 0); fill(B, 30, x, 4); fill(C, 30, x, 9);
  cblas_dgemm(order, ta, tb, 3, 4, 3, x[0], A, 5, B, 6, x[1], C, 5);
  cblas_dsymm(order, sd, up, 3, 4, x[2], A, 5, B, 5, x[3], C, 5);
  cblas_dsyrk(order, up, ta, 4, 3, x[4], B, 5, x[5], C, 5);
  cblas_dsyr2k(order, up, ta, 4, 3, x[4], B, 5, A, 6, 1, C, 5);
  s = sum(C, 30);
  for (int i = 0; i < 5; i++) A[i * 7 % 30] += 6;
  cblas_dtrmm(order, sd, up, ta, dg, 3, 4, x[6], A, 6, C, 5);
  s += sum(C, 30);
  cblas_dtrsm(order, sd, up, ta, dg, 3, 4, x[7], A, 6, C, 5);
  A[7] = C[3];
  cblas_dtrsm(order, sd, up, ta, dg, 3, 4, 1, A, 6, C, 5);
  return 1e-2 * (s + sum(C, 30) + sum(B, 30));
}
int main() {
  double x[N];
  for (int i = 0; i < N; i++) x[i] = 0.6 + 0.5 * sin(i * i + 0.3);
  CHECK_GRAD("level 1", level1, x, N);
  for (order = 101; order <= 102; order++)
    for (int k = 0; k < 32; k++) {
      if (k * 7 % 3 && order == 101) continue;
      ta = 111 + (k & 1); tb = 111 + (k >> 1 & 1); up = 121 + (k >> 2 & 1); dg = 131 + (k >> 3 & 1); sd = 141 + (k >> 4 & 1);
      char name[40];
      if (!(k & 18)) { sprintf(name, "2: %d %d %d %d", order, ta, up, dg); CHECK_GRAD(name, level2, x, N); }
      sprintf(name, "3: %d %d %d %d %d %d", order, ta, tb, up, dg, sd); CHECK_GRAD(name, level3, x, N);
    }
  return chk_exit();
}
