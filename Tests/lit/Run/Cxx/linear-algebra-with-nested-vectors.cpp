// RUN: %check %s
// FLAGS: -std=c++17
#include "check.h"
#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>
using Matrix = std::vector<std::vector<double>>;
static std::vector<double> lu_solve(Matrix a, std::vector<double> b) {
  int n = a.size();
  for (int k = 0; k < n; k++) {
    int p = k;
    for (int i = k + 1; i < n; i++) if (std::fabs(a[i][k]) > std::fabs(a[p][k])) p = i;
    std::swap(a[k], a[p]); std::swap(b[k], b[p]);
    for (int i = k + 1; i < n; i++) { a[i][k] /= a[k][k]; for (int j = k + 1; j < n; j++) a[i][j] -= a[i][k] * a[k][j]; b[i] -= a[i][k] * b[k]; }
  }
  for (int i = n - 1; i >= 0; i--) { for (int j = i + 1; j < n; j++) b[i] -= a[i][j] * b[j]; b[i] /= a[i][i]; }
  return b;
}
static double lu(double *x, int n) {
  Matrix a(3, std::vector<double>(3));
  for (int i = 0; i < 3; i++) for (int j = 0; j < 3; j++) a[i][j] = std::sin(1.0 + i * i + j * 3 + x[(i + j) % n]) + (i == j) * (2 + x[i]);
  auto s = lu_solve(a, {x[0], x[1] * x[2], 1});
  return s[0] + 2 * s[1] * s[2];
}
class Cholesky {
  Matrix l;
public:
  explicit Cholesky(const Matrix &a) : l(a.size(), std::vector<double>(a.size(), 0.0)) {
    for (size_t i = 0; i < a.size(); i++)
      for (size_t j = 0; j <= i; j++) {
        double s = a[i][j];
        for (size_t k = 0; k < j; k++) s -= l[i][k] * l[j][k];
        l[i][j] = i == j ? std::sqrt(s) : s / l[j][j];
      }
  }
  double logdet() const { double d = 0; for (size_t i = 0; i < l.size(); i++) d += std::log(l[i][i]); return 2 * d; }
  std::vector<double> solve(std::vector<double> b) const {
    int n = b.size();
    for (int i = 0; i < n; i++) { for (int k = 0; k < i; k++) b[i] -= l[i][k] * b[k]; b[i] /= l[i][i]; }
    for (int i = n - 1; i >= 0; i--) { for (int k = i + 1; k < n; k++) b[i] -= l[k][i] * b[k]; b[i] /= l[i][i]; }
    return b;
  }
};
static double gp(double *x, int n) {
  std::vector<double> t{0.1, 0.4, 0.9, 1.3}, y{0.5, 0.2, -0.1, 0.7};
  Matrix k(4, std::vector<double>(4));
  for (int i = 0; i < 4; i++) for (int j = 0; j < 4; j++) k[i][j] = x[0] * x[0] * std::exp(-0.5 * std::pow((t[i] - t[j]) / x[1], 2)) + (i == j ? x[2] * x[2] : 0);
  Cholesky c(k);
  auto a = c.solve(y);
  double s = c.logdet();
  for (int i = 0; i < 4; i++) s += a[i] * y[i];
  return 0.5 * s;
}
struct Layer { virtual ~Layer() = default; virtual std::vector<double> forward(const std::vector<double> &x) const = 0; };
struct Dense : Layer {
  Matrix w; std::vector<double> b;
  Dense(int in, int out, const double *p) : w(out, std::vector<double>(in)), b(out) { for (auto &r : w) for (auto &e : r) e = *p++; for (auto &e : b) e = *p++; }
  std::vector<double> forward(const std::vector<double> &x) const override {
    std::vector<double> y = b;
    for (size_t i = 0; i < y.size(); i++) for (size_t j = 0; j < x.size(); j++) y[i] += w[i][j] * x[j];
    return y;
  }
};
struct Act : Layer { std::function<double(double)> g; Act(std::function<double(double)> g) : g(std::move(g)) {} std::vector<double> forward(const std::vector<double> &x) const override { std::vector<double> y(x.size()); std::transform(x.begin(), x.end(), y.begin(), g); return y; } };
static double net(double *x, int n) {
  std::vector<std::unique_ptr<Layer>> layers;
  layers.push_back(std::make_unique<Dense>(2, 3, x));
  layers.push_back(std::make_unique<Act>([](double v) { return std::tanh(v); }));
  layers.push_back(std::make_unique<Dense>(3, 2, x + 9));
  layers.push_back(std::make_unique<Act>([](double v) { return v > 0 ? v : 0.1 * v; }));
  double loss = 0;
  const double data[3][3] = {{0.1, 0.2, 1}, {-0.4, 0.9, 0}, {0.6, -0.3, 0.5}};
  for (auto &d : data) {
    std::vector<double> v{d[0], d[1]};
    for (auto &l : layers) v = l->forward(v);
    loss += std::pow(v[0] - d[2], 2) + 0.1 * v[1] * v[1];
  }
  return loss;
}
int main() {
  double x[17];
  for (int i = 0; i < 17; i++) x[i] = std::sin(i * 1.3 + 0.4) * 0.8 + 0.1;
  double y[] = {0.9, 1.2, 0.7};
  CHECK_GRAD("lu", lu, y, 3);
  CHECK_GRAD("gaussian process", gp, y, 3);
  CHECK_GRAD("network", net, x, 17);
  return chk_exit();
}
