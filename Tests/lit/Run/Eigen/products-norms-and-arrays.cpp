// RUN: %check %s
// REQUIRES: has-eigen
// LEVELS: -O1; -O2
#include "check.h"
#include <Eigen/Dense>
using namespace Eigen;
static double fixedp(double *x, int n) {
  Matrix3d A; A << x[0], x[1], 1, x[2], x[3], 2, 0.5, -1, x[0] * x[1];
  Vector3d v(x[0], x[1], x[2]);
  Matrix3d B = A * A.transpose() + Matrix3d::Identity() * x[3];
  return (B * v).dot(v) + A.trace() * A.determinant() + v.norm() + v.cross(Vector3d(1, x[3], 2)).squaredNorm() + B.inverse()(0, 1);
}
static double dynp(double *x, int n) {
  MatrixXd A(n, n);
  for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) A(i, j) = std::sin(x[i] * (j + 1) + i);
  VectorXd v = Map<VectorXd>(x, n);
  MatrixXd B = A.transpose() * A;
  B.diagonal().array() += 1.0;
  VectorXd w = B * v + A.col(0) - A.row(1).transpose();
  return w.norm() + B.squaredNorm() * 0.1 + w.head(2).sum() + (A * B).trace() + w.maxCoeff();
}
static double arrays(double *x, int n) {
  ArrayXd a = Map<ArrayXd>(x, n);
  ArrayXd b = (a * a + 1).sqrt() + a.exp() * 0.1 - a.sin();
  Array3d c = a.head<3>().tanh();
  return b.sum() + (a > 0.5).select(b, a).prod() + c.maxCoeff() * b.mean() + a.pow(2).sum();
}
int main() {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("fixed", fixedp, x, 4);
  CHECK_GRAD("dynamic", dynp, x, 4);
  CHECK_GRAD("arrays", arrays, x, 4);
  return chk_exit();
}
