// REQUIRES: has-eigen
// RUN: %cc -x c++ -std=gnu++17 -O2 -I/usr/include/eigen3 -w -emit-llvm -c %s -o %t.bc
// RUN: %opt -passes='nabla,default<O2>' %t.bc -o %t.nabla.bc
// RUN: %clangxx -O2 %t.nabla.bc -o %t.exe -lm && %t.exe
/* Mapped weights and vectors of dynamic size, after clang -O2: some of Eigen's loops have then, for LLVM, a number of
   iterations as large as an integer can be. */
#include <Eigen/Dense>
#include <cmath>
#include <cstdio>
using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::VectorXd;
enum { width = 32, samples = 16 };

static double loss(long depth, const double *p, const double *in, const double *want) {
  double e = 0, scale = 1.0 / (double)depth;
  for (long s = 0; s < samples; s++) {
    Vector x = Eigen::Map<const Vector>(in + s * width, width);
    for (long l = 0; l < depth; l++) {
      const double *w = p + l * width * (width + 1);
      Vector z = Eigen::Map<const Matrix>(w, width, width) * x + Eigen::Map<const Vector>(w + width * width, width);
      x += scale * z.unaryExpr([](double v) { return std::tanh(v); });
    }
    e += 0.5 * (x - Eigen::Map<const Vector>(want + s * width, width)).squaredNorm();
  }
  return e;
}

extern int nabla_dup, nabla_const;
void __nabla_autodiff(void *, ...);

int main(int n, char **) {
  n += 2; // not known to the compiler
  enum { depth = 3, count = depth * width * (width + 1) };
  static double p[count], dp[count], in[samples * width], want[samples * width];
  for (int i = 0; i < count; i++) p[i] = 0.1 * std::sin(1.0 + i);
  for (int i = 0; i < samples * width; i++) in[i] = std::cos(i), want[i] = std::sin(0.1 * i);
  __nabla_autodiff((void *)loss, nabla_const, (long)n, nabla_dup, p, dp, nabla_const, in, nabla_const, want);
  double worst = 0;
  for (int i = 0; i < count; i += 5) {
    const double keep = p[i], h = 1e-3;
    auto at = [&](double step) {
      p[i] = keep + step * h;
      const double value = loss(n, p, in, want);
      p[i] = keep;
      return value;
    };
    // Of sixth order.
    const double slope = (45 * (at(1) - at(-1)) - 9 * (at(2) - at(-2)) + (at(3) - at(-3))) / (60 * h);
    worst = std::fmax(worst, std::fabs(slope - dp[i]));
  }
  std::printf("largest difference %.1e\n", worst);
  return worst < 1e-9 ? 0 : 1;
}
