// RUN: %check %s
// REQUIRES: has-eigen
// LEVELS: -O1; -O2; opt -O2
/* Eigen computes logarithms of packets from exponent and fraction, which it takes out of the bits. */
#include "check.h"
#include <Eigen/Dense>
using namespace Eigen;
static double logs(double *x, int n) {
  ArrayXd a = Map<ArrayXd>(x, n);
  return (a.square() + 1).log().sum() + a.abs().log10().prod() + (a * 1e-200).abs().log().mean();
}
static double powers(double *x, int n) {
  ArrayXd a = Map<ArrayXd>(x, n).abs();
  return (a + 1).pow(1.5).sum() + (a * a + 0.5).log1p().sum() + (a * 3e5).log().minCoeff();
}
static double likelihood(double *x, int n) {
  MatrixXd A = MatrixXd::Identity(n, n) * 2 + Map<VectorXd>(x, n) * Map<VectorXd>(x, n).transpose();
  MatrixXd L = A.llt().matrixL();
  return 2 * L.diagonal().array().log().sum();
}
static double singles(double *x, int n) {
  ArrayXf a = Map<ArrayXd>(x, n).cast<float>();
  return (a.square() + 1).log().sum();
}
int main() {
  double x[] = {0.9, 1.2, 0.7, -0.4, 0.3, -2.5};
  CHECK_GRAD("logarithms", logs, x, 6);
  CHECK_GRAD("powers", powers, x, 6);
  CHECK_GRAD("log determinant", likelihood, x, 6);
  double d[6] = {0}, sum = 0;
  AD_DO(__nabla_autodiff_v((void *)singles, x, d, 6), (void)0);
  for (int i = 0; i < 6; i++) sum += AD(d[i], 2 * x[i] / (x[i] * x[i] + 1)) * (i + 1);
  double want = 0;
  for (int i = 0; i < 6; i++) want += 2 * x[i] / (x[i] * x[i] + 1) * (i + 1);
  EXPECT_TOL("floats", sum, want, 1e-5);
  return chk_exit();
}
