// RUN: %check %s
#include "check.h"
static const int start[] = {0, 2, 3, 3, 6}, column[] = {0, 2, 1, 0, 2, 3};
static void matvec(const double *a, const double *x, double *y) {
  for (int r = 0; r < 4; r++) { y[r] = 0; for (int k = start[r]; k < start[r + 1]; k++) y[r] += a[k] * x[column[k]]; }
}
static double f(double *p, int n) {
  double y[4], z[4], s = 0;
  matvec(p, p + 6, y);
  matvec(p, y, z);
  for (int i = 0; i < 4; i++) s += z[i] * z[i] + y[i];
  return s + 0 * n;
}
static double coordinate(double *p, int n) {
  struct { int row, col; double value; } entry[6];
  double y[4] = {0};
  for (int k = 0; k < 6; k++) { entry[k].row = k % 4; entry[k].col = column[k]; entry[k].value = p[k]; }
  for (int k = 0; k < 6; k++) y[entry[k].row] += entry[k].value * p[n - 4 + entry[k].col];
  return y[0] * y[1] + y[2] * y[3];
}
int main(void) {
  double p[] = {0.4, 1.2, -0.7, 0.4, 1.0, 0.3, -0.2, 0.6, -0.5, 1.5};
  CHECK_GRAD("csr", f, p, 10);
  CHECK_GRAD("coordinate", coordinate, p, 10);
  return chk_exit();
}
