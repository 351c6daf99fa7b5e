/* The residual net of net.h with std::vector: containers returned by value, layers kept in a vector of vectors. */
#include "net.h"
#include <vector>
namespace {
using Vector = std::vector<double>;
struct Layer {
  Vector weights, bias;
};
Vector product(const Vector &w, const Vector &x) {
  Vector y(x.size());
  for (std::size_t i = 0; i < x.size(); i++)
    for (std::size_t j = 0; j < x.size(); j++) y[i] += w[i * x.size() + j] * x[j];
  return y;
}
Vector step(const Layer &layer, const Vector &x, double scale) {
  Vector z = product(layer.weights, x);
  for (std::size_t i = 0; i < z.size(); i++) z[i] = x[i] + scale * std::tanh(z[i] + layer.bias[i]);
  return z;
}
} // namespace
static double loss(long depth, const double *p, const double *in, const double *want) {
  std::vector<Layer> net;
  for (long l = 0; l < depth; l++, p += WIDTH * (WIDTH + 1))
    net.push_back(Layer{Vector(p, p + WIDTH * WIDTH), Vector(p + WIDTH * WIDTH, p + WIDTH * (WIDTH + 1))});
  double e = 0;
  for (long s = 0; s < SAMPLES; s++) {
    Vector x(in + s * WIDTH, in + (s + 1) * WIDTH);
    for (const Layer &layer : net) x = step(layer, x, 1.0 / (double)depth);
    for (long i = 0; i < WIDTH; i++) e += 0.5 * (x[i] - want[s * WIDTH + i]) * (x[i] - want[s * WIDTH + i]);
  }
  return e;
}
