// RUN: %check %s
// SANITIZE
#include "check.h"
typedef struct { int rows, cols; double *data; } Matrix;
static Matrix matrix(int r, int c) { Matrix m = {r, c, (double *)calloc(r * c, sizeof(double))}; return m; }
static double *at(Matrix m, int i, int j) { return &m.data[i * m.cols + j]; }
static Matrix multiply(Matrix a, Matrix b) {
  Matrix c = matrix(a.rows, b.cols);
  for (int i = 0; i < a.rows; i++) for (int j = 0; j < b.cols; j++) for (int k = 0; k < a.cols; k++) *at(c, i, j) += *at(a, i, k) * *at(b, k, j);
  return c;
}
static double trace_of_cube(double *x, int n) {
  int m = n == 9 ? 3 : 2;
  Matrix a = matrix(m, m);
  for (int i = 0; i < m * m; i++) a.data[i] = x[i];
  Matrix b = multiply(a, a), c = multiply(b, a);
  double t = 0;
  for (int i = 0; i < m; i++) t += *at(c, i, i);
  free(a.data); free(b.data); free(c.data);
  return t;
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4, 1.0, 0.3, -0.2, 0.8, 0.1};
  CHECK_GRAD("cube-3", trace_of_cube, x, 9);
  CHECK_GRAD("cube-2", trace_of_cube, x, 4);
  return chk_exit();
}
