// C++: a small dense network over std::vector. The shadow of a vector is a vector of the same size.
//
//   clang++-19 -O2 -fpass-plugin=libNabla.so vector-network.cpp -o vector-network
#include <cmath>
#include <cstdio>
#include <utility>
#include <vector>

using Vector = std::vector<double>;

// Weights lie layer after layer in one vector; each row starts with its bias.
static double network(const std::vector<int> &sizes, const Vector &weights, const Vector &input) {
  Vector now = input;
  std::size_t w = 0;
  for (std::size_t l = 0; l + 1 < sizes.size(); l++) {
    Vector next(sizes[l + 1]);
    for (double &unit : next) {
      double sum = weights[w++];
      for (double v : now) sum += weights[w++] * v;
      unit = std::tanh(sum);
    }
    now = std::move(next);
  }
  double sum = 0;
  for (double v : now) sum += v * v;
  return sum;
}

extern int nabla_const, nabla_dup;
template <typename... Operands> void __nabla_autodiff(void *, Operands...);

int main() {
  const std::vector<int> sizes{3, 5, 4, 2};
  Vector weights, input{0.3, -0.7, 0.5};
  for (std::size_t l = 0; l + 1 < sizes.size(); l++)
    for (int k = 0; k < sizes[l + 1] * (sizes[l] + 1); k++) weights.push_back(0.4 * std::sin(1.0 + 3 * weights.size()));

  Vector d(weights.size(), 0.0);
  __nabla_autodiff((void *)network, nabla_const, &sizes, nabla_dup, &weights, &d, nabla_const, &input);

  double worst = 0, norm = 0;
  for (std::size_t i = 0; i < weights.size(); i++) {
    const double h = 1e-6, keep = weights[i];
    weights[i] = keep + h;
    const double up = network(sizes, weights, input);
    weights[i] = keep - h;
    const double down = network(sizes, weights, input);
    weights[i] = keep;
    worst = std::fmax(worst, std::fabs((up - down) / (2 * h) - d[i]));
    norm += d[i] * d[i];
  }
  std::printf("%zu weights, value %.6f, gradient norm %.6f\n", weights.size(), network(sizes, weights, input),
              std::sqrt(norm));
  std::printf("differences agree: %s\n", worst < 1e-8 ? "yes" : "no");
  return worst < 1e-8 ? 0 : 1;
}
