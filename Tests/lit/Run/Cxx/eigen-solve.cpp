// RUN: %check %s
// REQUIRES: has-eigen
// LEVELS: -O2; opt
#include "check.h"
#include <Eigen/Dense>
static double f(double *x, int) {
  Eigen::Map<const Eigen::Matrix3d> m(x);
  Eigen::Matrix3d a = m.transpose() * m + 2 * Eigen::Matrix3d::Identity();
  Eigen::Vector3d b(x[0], x[1], x[2]);
  return b.dot(a.llt().solve(b)) + a.inverse().trace();
}
int main() {
  double x[] = {0.9, 1.2, -0.7, 0.4, 1.0, 0.3, -0.2, 0.6, -0.5};
  CHECK_GRAD("solve", f, x, 9);
  return chk_exit();
}
