// RUN: %check %s
// SANITIZE
#include "check.h"
#include <vector>
using Matrix = std::vector<std::vector<double>>;
static Matrix multiply(const Matrix &a, const Matrix &b) {
  Matrix c(a.size(), std::vector<double>(b[0].size(), 0.0));
  for (size_t i = 0; i < a.size(); i++) for (size_t j = 0; j < b[0].size(); j++) for (size_t k = 0; k < b.size(); k++) c[i][j] += a[i][k] * b[k][j];
  return c;
}
static double f(double *x, int) {
  Matrix a = {{x[0], x[1]}, {x[2], x[3]}};
  Matrix b = multiply(a, multiply(a, a));
  return b[0][0] * b[1][1] + b[0][1];
}
int main() {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("nested", f, x, 4);
  return chk_exit();
}
