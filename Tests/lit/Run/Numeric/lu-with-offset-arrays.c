// RUN: %check %s
#include "check.h"
#define TINY 1.0e-20
static double *vector(int nl, int nh) { return (double *)malloc((unsigned)(nh - nl + 1) * sizeof(double)) - nl; }
static int *ivector(int nl, int nh) { return (int *)malloc((unsigned)(nh - nl + 1) * sizeof(int)) - nl; }
static int ludcmp(double **a, int n, int *indx, double *d) {
  int i, imax = 0, j, k;
  double big, dum, sum, temp, *vv = vector(1, n);
  *d = 1.0;
  for (i = 1; i <= n; i++) {
    big = 0.0;
    for (j = 1; j <= n; j++) if ((temp = fabs(a[i][j])) > big) big = temp;
    if (big == 0.0) { free(vv + 1); return -1; }
    vv[i] = 1.0 / big;
  }
  for (j = 1; j <= n; j++) {
    for (i = 1; i < j; i++) { sum = a[i][j]; for (k = 1; k < i; k++) sum -= a[i][k] * a[k][j]; a[i][j] = sum; }
    big = 0.0;
    for (i = j; i <= n; i++) {
      sum = a[i][j];
      for (k = 1; k < j; k++) sum -= a[i][k] * a[k][j];
      a[i][j] = sum;
      if ((dum = vv[i] * fabs(sum)) >= big) { big = dum; imax = i; }
    }
    if (j != imax) {
      for (k = 1; k <= n; k++) { dum = a[imax][k]; a[imax][k] = a[j][k]; a[j][k] = dum; }
      *d = -(*d); vv[imax] = vv[j];
    }
    indx[j] = imax;
    if (a[j][j] == 0.0) a[j][j] = TINY;
    if (j != n) { dum = 1.0 / (a[j][j]); for (i = j + 1; i <= n; i++) a[i][j] *= dum; }
  }
  free(vv + 1);
  return 0;
}
static void lubksb(double **a, int n, int *indx, double b[]) {
  int i, ii = 0, ip, j;
  double sum;
  for (i = 1; i <= n; i++) {
    ip = indx[i]; sum = b[ip]; b[ip] = b[i];
    if (ii) for (j = ii; j <= i - 1; j++) sum -= a[i][j] * b[j];
    else if (sum) ii = i;
    b[i] = sum;
  }
  for (i = n; i >= 1; i--) { sum = b[i]; for (j = i + 1; j <= n; j++) sum -= a[i][j] * b[j]; b[i] = sum / a[i][i]; }
}
static void solve(double *x, double *y) {
  enum { N = 3 };
  double **a = malloc((N + 1) * sizeof *a), d, *b = vector(1, N);
  int *indx = ivector(1, N);
  for (int i = 1; i <= N; i++) { a[i] = vector(1, N); for (int j = 1; j <= N; j++) a[i][j] = x[(i - 1) * N + j - 1]; b[i] = x[N * N + i - 1]; }
  if (ludcmp(a, N, indx, &d) == 0) {
    lubksb(a, N, indx, b);
    for (int i = 1; i <= N; i++) { d *= a[i][i]; y[i] = b[i]; }
    y[0] = d;
  }
  for (int i = 1; i <= N; i++) free(a[i] + 1);
  free(a); free(b + 1); free(indx + 1);
}
int main(void) {
  double x[] = {0.1, 2, -1, 3, 0.4, 0.5, -1, 1.5, 4, 0.0, 2, -3};
  CHECK_JAC("solution", solve, x, 12, 4);
  return chk_exit();
}
