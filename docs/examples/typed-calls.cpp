// C++17: <nabla/nabla> says in types what markers say among operands; the compiler checks it, and results come as tuples.
//
//   clang++-19 -std=c++17 -O2 -fpass-plugin=libNabla.so -I/usr/local/include typed-calls.cpp -o typed-calls
#include <nabla/nabla>

#include <cmath>
#include <cstdio>
#include <vector>

// The energy of a chain of masses between springs.
static double energy(const std::vector<double> &x, double stiffness) {
  double sum = 0;
  for (std::size_t i = 1; i < x.size(); i++) sum += 0.5 * stiffness * (x[i] - x[i - 1]) * (x[i] - x[i - 1]);
  return sum;
}

int main() {
  using namespace nabla;
  const std::vector<double> x{0, 1.1, 1.9, 3.2};
  std::vector<double> dx(x.size());

  // Reverse mode: the adjoint of what is Active comes back, the adjoints of what is Duplicated are added to the shadow.
  auto [adjoints, value] = autodiff<ReverseWithPrimal>(energy, Duplicated(x, dx), Active(2.0));
  const double by_stiffness = get<0>(adjoints);
  std::printf("energy %.4f, by stiffness %.4f\n", value, by_stiffness);
  for (double d : dx) std::printf("force %.4f\n", -d);

  // Forward mode along a direction, of a lambda with a constant in its capture.
  const double k = 2.0;
  const std::vector<double> direction{0, 1, 0, 0};
  auto [tangent] = autodiff<Forward>([k](const std::vector<double> &at) { return energy(at, k); }, Duplicated(x, direction));
  std::printf("along one mass %.4f\n", tangent);
  return std::fabs(tangent - dx[1]) + std::fabs(value - 2 * by_stiffness) < 1e-12 ? 0 : 1;
}
