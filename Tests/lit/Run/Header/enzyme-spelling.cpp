// RUN: %check %s
/* A program written for the other tool's header. */
#include <cmath>
#include <cstdio>
#include <enzyme/enzyme>

struct Vec { double x, y; };
static double norm(const Vec &v, double p) { return std::pow(std::fabs(v.x), p) + std::pow(std::fabs(v.y), p); }
static void scale(double *v, int n, double k) { for (int i = 0; i < n; i++) v[i] *= k * v[i]; }
static long count(double x) { return (long)x; }

static double weight = 3;
static double weighted(double x) { return weight * x * x; }

static int failures = 0;
static void expect(const char *what, double found, double wanted) {
  if (std::fabs(found - wanted) < 1e-9) return;
  std::printf("FAILED %s: %.15g, should be %.15g\n", what, found, wanted);
  failures++;
}
int main() {
  Vec v = {2, 3}, dv = {0, 0};
  auto r = enzyme::autodiff<enzyme::ReverseWithPrimal>(norm, enzyme::Duplicated<Vec &>(v, dv), enzyme::Active<double>(2.0));
  expect("x", dv.x, 4);
  expect("y", dv.y, 6);
  expect("p", enzyme::get<0>(enzyme::get<0>(r)), 4 * std::log(2.0) + 9 * std::log(3.0));
  expect("value", enzyme::get<1>(r), 13);

  double a[2] = {1, 2}, da[2] = {1, 0};
  enzyme::autodiff<enzyme::Forward>(scale, enzyme::Duplicated<double *>(a, da), enzyme::Const<int>(2), enzyme::Duplicated<double>(3.0, 1.0));
  expect("tangent 0", da[0], 2 * 3 * 1 + 1);
  expect("tangent 1", da[1], 4);
  expect("primal 1", a[1], 12);

  double b[2] = {1, 2}, db[2] = {1, 1};
  auto [adjoints] = enzyme::autodiff<enzyme::Reverse, enzyme::Const<void>>(scale, enzyme::Duplicated(b, db), enzyme::Const(2), enzyme::Active(3.0));
  expect("k", std::get<0>(adjoints), 1 + 4);
  expect("adjoint 1", db[1], 12);

  auto [n] = enzyme::autodiff<enzyme::Forward>(count, enzyme::Duplicated(7.5, 1.0));
  expect("integer", (double)n, 7);

  auto ctx = enzyme::context();
  enzyme::Active<double> two(2.0);
  auto [w] = enzyme::autodiff<enzyme::Reverse>(ctx, weighted, two);
  expect("in a context", std::get<0>(w), 12);
  expect("shadow of a global", enzyme::shadow(ctx, weight), 4);
  enzyme::shadow(ctx, weight) = 1;
  auto [u] = enzyme::autodiff<enzyme::Forward>(ctx, [](double x) { return weight * x; }, enzyme::Duplicated(5.0, 0.0));
  expect("tangent of a global", u, 5);

  expect("plain hook", __enzyme_autodiff<double>((void *)(double (*)(double))std::sin, enzyme_out, 0.5), std::cos(0.5));
  if (!failures) std::printf("ok\n");
  return failures != 0;
}
