// RUN: %check %s
#include "check.h"
#include <stdexcept>
#include <vector>
/* Loops that exceptions may leave, with vectors that are made, moved and given back in each round. */
using Vector = std::vector<double>;
static Vector product(const Vector &w, const Vector &x) {
  Vector y(x.size());
  for (std::size_t i = 0; i < x.size(); i++)
    for (std::size_t j = 0; j < x.size(); j++) y[i] += w[(i + j) % w.size()] * x[j];
  return y;
}
static double layers(double *x, int n) {
  std::vector<Vector> net;
  for (int l = 0; l < 3; l++) net.push_back(Vector(x + l, x + n));
  Vector v(x, x + n), old;
  for (const Vector &w : net) {
    Vector z = product(w, v);
    for (std::size_t i = 0; i < z.size(); i++) z.at(i) = v[i] + 0.1 * std::sin(z[i]) * z[i];
    old = v;
    v = z;
    v[0] += old[1] * z[0];
  }
  double s = 0;
  for (int i = 0; i < n; i++) s += v.at(i) * old.at(i);
  return s;
}
static double step(double v, int k) {
  if (k > 100) throw std::runtime_error("far");
  return v * v + 0.1 * k;
}
static double caught(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    Vector w(n, x[i]);
    try {
      for (int k = 0; k < n; k++) {
        w[k] = step(w[k] * x[k], k == 4 && i == 2 ? 200 : k);
        s += w[k] * x[i];
      }
    } catch (const std::runtime_error &) {
      s += w[0] * w[1];
    }
  }
  return s;
}
int main() {
  double x[] = {0.9, 1.2, -0.7, 0.4, 0.8, 0.1};
  CHECK_GRAD("layers", layers, x, 6);
  CHECK_GRAD("caught", caught, x, 6);
  return chk_exit();
}
