// RUN: %check %s
// REQUIRES: has-eigen
// LEVELS: -O1; -O2
#include "check.h"
#include <Eigen/Dense>
using namespace Eigen;
static MatrixXd spd(const double *x, int n) {
  MatrixXd A(n, n);
  for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) A(i, j) = std::exp(-0.5 * std::pow((i - j) / x[1], 2)) * x[0] * x[0] + (i == j ? x[2] * x[2] : 0);
  return A;
}
static double llt(double *x, int n) {
  MatrixXd A = spd(x, 5); VectorXd b = VectorXd::LinSpaced(5, -1, 1);
  LLT<MatrixXd> f(A);
  VectorXd s = f.solve(b);
  MatrixXd L = f.matrixL();
  return s.dot(b) + 2 * L.diagonal().array().log().sum();
}
static double ldlt(double *x, int n) {
  MatrixXd A = spd(x, 5); VectorXd b = VectorXd::LinSpaced(5, -1, 1);
  VectorXd s = A.ldlt().solve(b);
  return s.squaredNorm();
}
static double lu(double *x, int n) {
  MatrixXd A = spd(x, 5); A(0, 4) += x[0]; A(3, 1) -= x[2];
  VectorXd b = VectorXd::LinSpaced(5, -1, 1) * x[1];
  return A.partialPivLu().solve(b).squaredNorm() + A.partialPivLu().determinant();
}
static double qr(double *x, int n) {
  MatrixXd A(6, 3); for (int i = 0; i < 6; i++) for (int j = 0; j < 3; j++) A(i, j) = std::cos(x[j] * i + j);
  VectorXd b = VectorXd::LinSpaced(6, -1, 1);
  return A.householderQr().solve(b).squaredNorm();
}
static double fixedllt(double *x, int n) {
  Matrix3d A; A << 4 + x[0], x[1], 0.5, x[1], 3 + x[2], 0.2, 0.5, 0.2, 2 + x[0] * x[2];
  Vector3d b(x[0], 1, x[1]);
  return A.llt().solve(b).dot(b) + A.partialPivLu().solve(b).norm() + A.ldlt().solve(b).sum();
}
int main() {
  double x[] = {0.9, 1.2, 0.7};
  CHECK_GRAD("llt", llt, x, 3);
  CHECK_GRAD("ldlt", ldlt, x, 3);
  CHECK_GRAD("lu", lu, x, 3);
  CHECK_GRAD("qr", qr, x, 3);
  CHECK_GRAD("fixed", fixedllt, x, 3);
  return chk_exit();
}
