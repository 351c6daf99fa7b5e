// RUN: %check %s
#include "check.h"
static double determinant(double *x, int n) {
  double a[3][3];
  (void)n;
  for (int i = 0; i < 3; i++) for (int j = 0; j < 3; j++) a[i][j] = x[3 * i + j];
  double d = 0;
  for (int j = 0; j < 3; j++) d += a[0][j] * (a[1][(j + 1) % 3] * a[2][(j + 2) % 3] - a[1][(j + 2) % 3] * a[2][(j + 1) % 3]);
  return d;
}
static double product(const double a[2][3], const double b[3][2]) {
  double s = 0;
  for (int i = 0; i < 2; i++) for (int j = 0; j < 2; j++) { double c = 0; for (int k = 0; k < 3; k++) c += a[i][k] * b[k][j]; s += c * c; }
  return s;
}
static double product_flat(double *x, int n) { (void)n; return product((const double(*)[3])x, (const double(*)[2])(x + 6)); }
int main(void) {
  double a[] = {2, 1, 0.5, -1, 3, 0.7, 0.2, -0.6, 1.5, 0.4, 0.3, 1.1};
  CHECK_GRAD("determinant", determinant, a, 9);
  CHECK_GRAD("product", product_flat, a, 12);
  return chk_exit();
}
