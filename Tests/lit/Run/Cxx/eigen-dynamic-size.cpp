// RUN: %check %s
// REQUIRES: has-eigen
// SANITIZE
// LEVELS: -O2; opt
#include "check.h"
#include <Eigen/Dense>
static double f(double *x, int n) {
  Eigen::Map<const Eigen::VectorXd> v(x, n);
  Eigen::MatrixXd a = v * v.transpose();
  a.diagonal().array() += 2.0;
  Eigen::VectorXd w = a * v;
  return w.squaredNorm() + a.trace() + (v.array() * v.array()).sum();
}
int main() {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("eigen", f, x, 4);
  return chk_exit();
}
