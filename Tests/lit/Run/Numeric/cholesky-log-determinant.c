// RUN: %check %s
#include "check.h"
static double f(double *x, int n) {
  int m = n == 16 ? 4 : 3;
  double a[4][4], l[4][4] = {{0}}, logdet = 0;
  for (int i = 0; i < m; i++) for (int j = 0; j < m; j++) { a[i][j] = i == j ? 2 : 0; for (int k = 0; k < m; k++) a[i][j] += x[i * m + k] * x[j * m + k]; }
  for (int j = 0; j < m; j++) {
    double d = a[j][j];
    for (int k = 0; k < j; k++) d -= l[j][k] * l[j][k];
    if (d <= 0) return -1;
    l[j][j] = sqrt(d);
    for (int i = j + 1; i < m; i++) {
      double s = a[i][j];
      for (int k = 0; k < j; k++) s -= l[i][k] * l[j][k];
      l[i][j] = s / l[j][j];
    }
    logdet += 2 * log(l[j][j]);
  }
  return logdet;
}
int main(void) {
  double x[16];
  for (int i = 0; i < 16; i++) x[i] = cos(2.3 * i);
  CHECK_GRAD("cholesky-4", f, x, 16);
  CHECK_GRAD("cholesky-3", f, x, 9);
  return chk_exit();
}
