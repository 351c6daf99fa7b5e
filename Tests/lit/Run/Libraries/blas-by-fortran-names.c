// REQUIRES: has-blas
// RUN: %check %s
// LIBS: -lblas
// SANITIZE
#include "check.h"
/* As Fortran has them. */
void dgemm_(const char *, const char *, const int *, const int *, const int *, const double *, const double *, const int *, const double *, const int *, const double *, double *, const int *);
void dgemv_(const char *, const int *, const int *, const double *, const double *, const int *, const double *, const int *, const double *, double *, const int *);
void dtrsv_(const char *, const char *, const char *, const int *, const double *, const int *, double *, const int *);
double ddot_(const int *, const double *, const int *, const double *, const int *);
double dnrm2_(const int *, const double *, const int *);
void daxpy_(const int *, const double *, const double *, const int *, double *, const int *);
float sdot_(const int *, const float *, const int *, const float *, const int *);
void sgemv_(const char *, const int *, const int *, const float *, const float *, const int *, const float *, const int *, const float *, float *, const int *);
static const int one = 1;
static const double d1 = 1, d0 = 0;
/* A matrix that is data, in memory that is given back; the vector is overwritten in a loop. */
static double power(double *x, int n) {
  double *A = malloc(n * n * sizeof(double)), *y = malloc(n * sizeof(double)), scale, s;
  for (int i = 0; i < n * n; i++) A[i] = sin(i * i);
  for (int k = 0; k < 5; k++) {
    dgemv_("N", &n, &n, &d1, A, &n, x, &one, &d0, y, &one);
    scale = 1 / dnrm2_(&n, y, &one);
    for (int i = 0; i < n; i++) x[i] = scale * y[i] + 0.1 * x[i];
    A[k] += 0.5;
  }
  s = ddot_(&n, x, &one, A, &one);
  free(A);
  free(y);
  return s;
}
/* An active matrix, times a constant vector; the matrix is overwritten. */
static double matrix(double *x, int n) {
  double c[4] = {1, -2, 0.5, 3}, y[4] = {0}, alpha = x[0], s = 0;
  int m = 4;
  for (int k = 0; k < 3; k++) {
    dgemv_(k % 2 ? "T" : "n", &m, &m, &alpha, x, &m, c, &one, &d1, y, &one);
    for (int i = 0; i < 16; i++) x[i] *= 0.9;
    x[5] += y[k];
    alpha *= 1 + 0.1 * y[0];
  }
  for (int i = 0; i < 4; i++) s += y[i] * y[i];
  return s;
}
/* A triangle that is data; nothing but the right-hand side has a derivative. */
static double solve(double *x, int n) {
  double L[16] = {2, 1, 0.5, -1, 0, 3, 1, 2, 0, 0, 2, 0.7, 0, 0, 0, 1.5};
  int m = 4;
  for (int k = 0; k < 3; k++) {
    dtrsv_("L", k == 1 ? "T" : "N", "N", &m, L, &m, x, &one);
    L[0] += 1;
    for (int i = 0; i < m; i++) x[i] = 2 * sin(x[i]);
  }
  return ddot_(&m, x, &one, x, &one);
}
static __attribute__((noinline)) void step(int n, double *A, double *B, double *C) {
  dgemm_("N", "T", &n, &n, &n, &d1, A, &n, B, &n, &d0, C, &n);
  for (int i = 0; i < n * n; i++) B[i] = tanh(C[i]);
}
/* Through a function, which overwrites its arguments. */
static double layers(double *x, int n) {
  double B[9], C[9], s = 0;
  for (int i = 0; i < 9; i++) B[i] = i * 0.1;
  for (int k = 0; k < 4; k++) step(3, x, B, C);
  for (int i = 0; i < 9; i++) s += B[i] * (i + 1);
  return s;
}
static double single(double *x, int n) {
  float A[6], v[3], w[2] = {1, 2}, alpha = 0.5f, beta = (float)x[1];
  int two = 2, three = 3;
  for (int i = 0; i < 6; i++) A[i] = (float)(x[i % n] * (i + 1));
  for (int i = 0; i < 3; i++) v[i] = (float)x[i];
  sgemv_("N", &two, &three, &alpha, A, &two, v, &one, &beta, w, &one);
  return sdot_(&two, w, &one, w, &one);
}
int main() {
  double x[16];
  for (int i = 0; i < 16; i++) x[i] = 0.4 + 0.5 * sin(i * i + 0.3);
  CHECK_GRAD("power", power, x, 5);
  CHECK_GRAD("matrix", matrix, x, 16);
  CHECK_GRAD("solve", solve, x, 4);
  CHECK_GRAD("layers", layers, x, 9);
  double v[3] = {0.5, 0.25, -1};
  double d[3] = {0}, u[3] = {1, 0.5, -2}, t;
  AD_DO(__nabla_autodiff_v((void *)single, nabla_dup, v, d, nabla_const, 3), (void)0);
  t = AD(__nabla_fwddiff_d((void *)single, nabla_dup, v, u, nabla_const, 3), 0);
  printf("~ %g %g %g %g\n", d[0], d[1], d[2], t);
  if (fabs(d[0] * u[0] + d[1] * u[1] + d[2] * u[2] - t) > 1e-4 * fabs(t)) return 1;
  return chk_exit();
}
