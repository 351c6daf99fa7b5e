// RUN: %check %s
// A map that was copied and is then searched and walked backwards, elsewhere than where it was made.
#include "check.h"
#include <cmath>
#include <iterator>
#include <map>
#include <memory>

struct Model {
  virtual ~Model() {}
  virtual double price(double s, double t) const = 0;
  virtual std::unique_ptr<Model> bumped(double h) const = 0;
};
struct Curve : Model {
  std::map<double, double> z;
  double price(double s, double t) const override {
    auto hi = z.lower_bound(t);
    if (hi == z.end()) return s * std::exp(-z.rbegin()->second * t);
    if (hi == z.begin()) return s * std::exp(-hi->second * t);
    auto lo = std::prev(hi);
    double w = (t - lo->first) / (hi->first - lo->first);
    return s * std::exp(-(lo->second * (1 - w) + hi->second * w) * t);
  }
  std::unique_ptr<Model> bumped(double h) const override {
    auto c = std::make_unique<Curve>(*this);
    for (auto &p : c->z) p.second += h;
    return c;
  }
};
static double curves(double *x, int n) {
  auto m = std::make_unique<Curve>();
  for (int i = 0; i < n; i++) m->z[0.5 + i] = x[i] * 0.1;
  std::unique_ptr<Model> b = m->bumped(0.01);
  double s = 0;
  for (double t = 0.25; t < 4.5; t += 0.7) s += m->price(1, t) * b->price(1, t);
  return s;
}
/* A copy that is changed afterwards. */
static double changed(double *x, int n) {
  std::map<int, double> first;
  for (int i = 0; i < n; i++) first[3 * i] = x[i];
  auto second = first;
  second.erase(3);
  second[1] = x[0] * x[1];
  second[7] = x[2];
  double s = 0;
  for (auto p = second.rbegin(); p != second.rend(); ++p) s = s * 0.5 + p->second * p->second;
  return s + std::prev(second.find(6))->second;
}
int main() {
  double x[] = {0.3, 0.9, 0.45, 0.7};
  CHECK_GRAD("curves", curves, x, 4);
  CHECK_GRAD("changed", changed, x, 4);
  return chk_exit();
}
