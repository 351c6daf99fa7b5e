// RUN: %check %s
// REQUIRES: has-eigen
// LEVELS: -O1; -O2; opt; opt -O2
/* Code that clang has vectorised before. Eigen looks at run time from where on a column is aligned: that holds for the
   column, and not for its shadow. */
#include "check.h"
#include <Eigen/Dense>
using namespace Eigen;
static Matrix3d spd(const double *x) {
  Matrix3d A;
  A << 4 + x[0], x[1], 0.5, x[1], 3 + x[2], 0.2, 0.5, 0.2, 2 + x[0] * x[2];
  return A;
}
static double fixed_solves(double *x, int) {
  Matrix3d A = spd(x);
  Vector3d b(x[0], 1, x[3]);
  double s = A.llt().solve(b).dot(b) + A.ldlt().solve(b).sum();
  A(0, 2) += x[3];
  return s + A.partialPivLu().solve(b).norm() + A.fullPivLu().solve(b).norm();
}
static double fixed_qr(double *x, int n) {
  Matrix<double, 5, 2> A;
  Matrix<double, 5, 1> b;
  for (int i = 0; i < 5; i++) A(i, 0) = std::cos(x[i % n]), A(i, 1) = i * x[0], b[i] = x[i % n] * i;
  return A.householderQr().solve(b).squaredNorm() + spd(x).colPivHouseholderQr().solve(Vector3d(x[3], 1, x[1])).sum();
}
static double dynamic_qr(double *x, int) {
  MatrixXd A(6, 3);
  for (int i = 0; i < 6; i++) for (int j = 0; j < 3; j++) A(i, j) = std::cos(x[j] * i + j);
  VectorXd b = VectorXd::LinSpaced(6, -1, 1);
  return A.householderQr().solve(b).squaredNorm();
}
static double inverse4(double *x, int) {
  Matrix4d A = Matrix4d::Identity();
  A.topLeftCorner<3, 3>() = spd(x);
  A(3, 0) = x[3];
  A(1, 3) = x[2];
  return (A.inverse() * A.transpose()).trace() + A.determinant();
}
int main() {
  double x[] = {0.9, 1.2, 0.7, -0.4};
  CHECK_GRAD("fixed solves", fixed_solves, x, 4);
  CHECK_GRAD("fixed QR", fixed_qr, x, 4);
  CHECK_GRAD("dynamic QR", dynamic_qr, x, 4);
  CHECK_GRAD("inverse of 4 by 4", inverse4, x, 4);
  return chk_exit();
}
