// C++ with Eigen: the parameters of a line with a bend, by least squares. The gradient comes from one call, and steps are taken
// along the conjugate direction; every gradient is compared with differences.
//
//   clang++-19 -O2 -I/usr/include/eigen3 -fpass-plugin=libNabla.so least-squares.cpp -o least-squares
#include <Eigen/Dense>
#include <cmath>
#include <cstdio>

using Eigen::MatrixXd;
using Eigen::VectorXd;

// Half the squared length of the residual A·x − b, and a penalty for large parameters.
static double loss(const MatrixXd &A, const VectorXd &x, const VectorXd &b, double penalty) {
  VectorXd residual = A * x - b;
  return 0.5 * residual.squaredNorm() + 0.5 * penalty * x.squaredNorm();
}

extern int nabla_const, nabla_dup, nabla_primal_return;
template <typename... Operands> double __nabla_autodiff(void *, Operands...);

// The shadow of a vector is a vector of the same size.
static double loss_and_gradient(const MatrixXd &A, const VectorXd &x, VectorXd &g, const VectorXd &b, double penalty) {
  g.setZero();
  return __nabla_autodiff((void *)loss, nabla_primal_return, nabla_const, &A, nabla_dup, &x, &g, nabla_const, &b,
                          nabla_const, penalty);
}

int main() {
  const int samples = 40, parameters = 3;
  const double penalty = 1e-3;
  MatrixXd A(samples, parameters);
  VectorXd b(samples);
  for (int i = 0; i < samples; i++) {
    const double t = i / double(samples - 1);
    A.row(i) << 1, t, std::fmax(0, t - 0.5);
    b[i] = 0.3 + 1.2 * t - 2 * std::fmax(0, t - 0.5) + 0.01 * std::sin(40 * t);
  }

  VectorXd x = VectorXd::Zero(parameters), g(parameters), before(parameters), d;
  for (int step = 0; step < 6; step++) {
    const double f = loss_and_gradient(A, x, g, b, penalty);
    std::printf("step %d  loss %.9f  gradient norm %.2e\n", step, f, g.norm() < 1e-9 ? 0 : g.norm());
    if (g.norm() < 1e-9) break;
    d = step ? VectorXd(-g + g.squaredNorm() / before.squaredNorm() * d) : VectorXd(-g);
    before = g;
    x -= g.dot(d) / ((A * d).squaredNorm() + penalty * d.squaredNorm()) * d;
  }

  const VectorXd normal = (A.transpose() * A + penalty * MatrixXd::Identity(parameters, parameters)).ldlt().solve(A.transpose() * b);
  std::printf("found           %.6f %.6f %.6f\n", x[0], x[1], x[2]);
  std::printf("normal equation %.6f %.6f %.6f\n", normal[0], normal[1], normal[2]);
  return (x - normal).norm() < 1e-8 ? 0 : 1;
}
