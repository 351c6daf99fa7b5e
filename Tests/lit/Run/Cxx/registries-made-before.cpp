// RUN: %check %s
// Global containers that were filled before any derivative ran: registries of functions, tables, work vectors.
#include "check.h"
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

struct Model {
  virtual ~Model() {}
  virtual double price(double s, double t) const = 0;
};
struct Flat : Model {
  double r;
  explicit Flat(double r) : r(r) {}
  double price(double s, double t) const override { return s * std::exp(-r * t); }
};
struct Bent : Model {
  double a, b;
  Bent(double a, double b) : a(a), b(b) {}
  double price(double s, double t) const override { return s / (1 + a * t + b * t * t); }
};
using Maker = std::function<std::unique_ptr<Model>(const double *)>;
static std::unique_ptr<Model> make(const std::string &kind, const double *x) {
  static const std::map<std::string, Maker> makers = {
      {"flat", [](const double *x) { return std::make_unique<Flat>(x[0] * 0.1); }},
      {"bent", [](const double *x) { return std::make_unique<Bent>(x[1] * 0.1, x[2] * 0.2); }}};
  return makers.at(kind)(x);
}
static double pricing(double *x, int n) {
  double s = 0;
  for (const char *k : {"flat", "bent"}) {
    auto m = make(k, x);
    for (double t = 0.25; t < 3; t += 0.7) s += m->price(10, t);
  }
  return s;
}

static std::map<std::string, std::function<double(double)>> &registry() {
  static std::map<std::string, std::function<double(double)>> r;
  return r;
}
static double registered(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += registry().at(i % 2 ? "square" : "scaled")(x[i]);
  return s;
}

static std::vector<double> work;
static double pooled(double *x, int n) {
  work.resize(n);
  for (int i = 0; i < n; i++) work[i] = std::sin(x[i]);
  double s = 0;
  for (int i = 0; i < n; i++) s += work[i] * work[n - 1 - i];
  return s;
}

struct Scratch {
  std::vector<double> u, v;
  int calls = 0;
};
static double scratched(double *x, int n) {
  static Scratch s;
  if ((int)s.u.size() < n) { s.u.assign(n, 0.0); s.v.assign(n, 0.0); }
  s.calls++;
  for (int i = 0; i < n; i++) { s.u[i] = x[i] * x[i]; s.v[i] = s.u[i] * x[0]; }
  double r = 0;
  for (int i = 0; i < n; i++) r += s.u[i] * s.v[i];
  return r;
}

static const std::vector<double> &weights() {
  static const std::vector<double> w = {0.5, 1.5, 2.5, 3.5};
  return w;
}
static double weighted(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += weights()[i] * x[i] * x[i];
  return s;
}

int main() {
  double x[4] = {0.7, 0.9, 0.4, 1.1};
  CHECK_GRAD("pricing", pricing, x, 3);
  double k = 3;
  registry()["square"] = [](double v) { return v * v; };
  registry()["scaled"] = [k](double v) { return k * std::cos(v); };
  CHECK_GRAD("registered", registered, x, 4);
  pooled(x, 2);
  CHECK_GRAD("pooled", pooled, x, 2);
  CHECK_GRAD("pooled, larger", pooled, x, 4);
  pooled(x, 4);
  CHECK_GRAD("pooled, again", pooled, x, 3);
  scratched(x, 4);
  CHECK_GRAD("scratched", scratched, x, 4);
  CHECK_GRAD("weighted", weighted, x, 4);
  return chk_exit();
}
