/* The residual net of net.h with Eigen: dynamic vectors, mapped weights, expression templates. */
#include "net.h"
#include <Eigen/Dense>
using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
static double loss(long depth, const double *p, const double *in, const double *want) {
  double e = 0, scale = 1.0 / (double)depth;
  for (long s = 0; s < SAMPLES; s++) {
    Eigen::VectorXd x = Eigen::Map<const Eigen::VectorXd>(in + s * WIDTH, WIDTH);
    for (long l = 0; l < depth; l++) {
      const double *w = p + l * WIDTH * (WIDTH + 1);
      Eigen::VectorXd z = Eigen::Map<const Matrix>(w, WIDTH, WIDTH) * x + Eigen::Map<const Eigen::VectorXd>(w + WIDTH * WIDTH, WIDTH);
      x += scale * z.unaryExpr([](double v) { return std::tanh(v); });
    }
    e += 0.5 * (x - Eigen::Map<const Eigen::VectorXd>(want + s * WIDTH, WIDTH)).squaredNorm();
  }
  return e;
}
