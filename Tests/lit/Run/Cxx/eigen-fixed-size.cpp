// RUN: %check %s
// REQUIRES: has-eigen
// LEVELS: -O0; -O2; opt
#include "check.h"
#include <Eigen/Dense>
static double f(double *x, int) {
  Eigen::Map<const Eigen::Matrix3d> m(x);
  Eigen::Vector3d v(x[0], x[4], x[8]);
  Eigen::Matrix3d a = m * m.transpose() + Eigen::Matrix3d::Identity();
  return v.dot(a * v) + a.determinant() + m.cwiseProduct(a).sum() + v.norm();
}
int main() {
  double x[] = {0.9, 1.2, -0.7, 0.4, 1.0, 0.3, -0.2, 0.6, -0.5};
  CHECK_GRAD("eigen", f, x, 9);
  return chk_exit();
}
