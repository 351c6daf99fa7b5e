// RUN: %check %s
// REQUIRES: has-eigen
// LEVELS: -O1; -O2
#include "check.h"
#include <Eigen/Dense>
#include <vector>
using namespace Eigen;
static double eig(double *x, int n) {
  Matrix3d A; A << 4 + x[0], x[1], 0.5, x[1], 1 + x[2], 0.2, 0.5, 0.2, 2 + x[0] * x[2];
  SelfAdjointEigenSolver<Matrix3d> s(A);
  return s.eigenvalues()(0) * 2 + s.eigenvalues()(2) * s.eigenvalues()(1);
}
static double svd(double *x, int n) {
  MatrixXd A(4, 3); for (int i = 0; i < 4; i++) for (int j = 0; j < 3; j++) A(i, j) = std::cos(x[j] * i + j);
  JacobiSVD<MatrixXd> s(A, ComputeThinU | ComputeThinV);
  return s.singularValues().dot(Vector3d(1, 2, 3));
}
struct Model { MatrixXd w1, w2; VectorXd b1, b2; VectorXd operator()(const VectorXd &v) const { VectorXd h = (w1 * v + b1).array().tanh(); return w2 * h + b2; } };
static double net(double *x, int n) {
  Model m;
  m.w1 = Map<MatrixXd>(x, 3, 2); m.b1 = Map<VectorXd>(x + 6, 3); m.w2 = Map<Matrix<double, Dynamic, Dynamic, RowMajor>>(x + 9, 2, 3); m.b2 = Map<VectorXd>(x + 15, 2);
  double loss = 0;
  std::vector<VectorXd> data(3, VectorXd::Zero(2));
  for (int k = 0; k < 3; k++) data[k] << 0.3 * k - 0.2, 0.5 - 0.4 * k;
  for (auto &d : data) loss += (m(d) - 2 * d).squaredNorm();
  return loss + 0.01 * m.w1.squaredNorm();
}
static double geometry(double *x, int n) {
  Quaterniond q(AngleAxisd(x[0], Vector3d(x[1], x[2], 0.5).normalized()));
  Vector3d p = q * Vector3d(1, x[0], -1);
  Matrix3d R = q.toRotationMatrix();
  Isometry3d T = Isometry3d::Identity(); T.translate(Vector3d(x[2], 0, 1)); T.rotate(q);
  Vector3d y = T * p;
  return y.dot(R.col(1)) + p(0) * q.w();
}
int main() {
  double x[] = {0.9, 1.2, 0.7}, w[17];
  for (int i = 0; i < 17; i++) w[i] = std::sin(i * 1.3 + 0.4) * 0.8 + 0.1;
  CHECK_GRAD("eigenvalues", eig, x, 3);
  CHECK_GRAD("svd", svd, x, 3);
  CHECK_GRAD("network", net, w, 17);
  CHECK_GRAD("geometry", geometry, x, 3);
  return chk_exit();
}
