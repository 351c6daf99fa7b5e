// RUN: %check %s
#include "check.h"
#include <functional>
struct Affine { double a, b; double operator()(double x) const { return a * x + b; } };
struct Counter { int calls = 0; double total = 0; void operator()(double x) { calls++; total += x * x; } };
template <typename F> static double integrate(F &&f, double lo, double hi) { double s = 0; for (int i = 0; i < 8; i++) s += f(lo + (i + 0.5) * (hi - lo) / 8); return s * (hi - lo) / 8; }
template <typename F> static double newton(F f, double x) { for (int i = 0; i < 6; i++) { double h = 1e-3; x -= f(x) / ((f(x + h) - f(x - h)) / (2 * h)); } return x; }
static double f(double *x, int) {
  double k = x[1];
  Counter count;
  auto inner = [&](double t) { return std::exp(-k * t) * x[0]; };
  auto twice = [inner](double t) mutable { return inner(inner(t)); };
  for (int i = 0; i < 3; i++) count(x[i]);
  return integrate(inner, 0, 1) + integrate(twice, 0, x[2]) + Affine{x[0], x[1]}(x[2]) + count.total * count.calls;
}
static double root(double a) { return newton([=](double t) { return t * t - a; }, 1.0); }
int main() {
  double x[] = {0.9, 1.2, 0.7};
  CHECK_GRAD("lambda", f, x, 3);
  CHECK1("newton", root, 2.5);
  return chk_exit();
}
