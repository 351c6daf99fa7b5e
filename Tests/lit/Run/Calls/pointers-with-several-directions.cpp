// RUN: %check %s
// SANITIZE
/* Calls through pointers, virtual functions and callables, with three directions at a time. */
#include "check.h"
#include <functional>
#include <memory>
#include <vector>
extern "C" {
struct three { double a, b, c; };
three __nabla_fwddiff_three(void *, ...);
void __nabla_autodiff_wide(void *, ...);
}
static double cube(double v) { return v * v * v; }
static double decay(double v) { return exp(-0.5 * v); }
static double (*const table[])(double) = {cube, decay, sin};
static double pointers(double *x, int n) {
  double s = 0;
  for (volatile int i = 0; i < n; i++) s += table[i % 3](x[i] + 0.1 * s);
  return s;
}
static void twist(double *v, double by) { v[0] = sin(v[0] * by); }
static void grow(double *v, double by) { v[1] += v[0] * by; v[0] *= v[0]; }
static double in_place(double *x, int n) {
  void (*steps[])(double *, double) = {twist, grow, twist};
  double v[2] = {x[0], x[1]};
  for (volatile int i = 0; i < n; i++) steps[i % 3](v, x[i]);
  return v[0] * v[1];
}
struct Shape { virtual ~Shape() = default; virtual double area(const double *p) const = 0; };
struct Disc : Shape { double r; Disc(double r) : r(r) {} double area(const double *p) const override { return 3 * r * r * p[0]; } };
struct Box : Shape { double a, b; Box(double a, double b) : a(a), b(b) {} double area(const double *p) const override { return a * sin(b) + p[1]; } };
static double shapes(double *x, int n) {
  std::vector<std::unique_ptr<Shape>> list;
  list.push_back(std::make_unique<Disc>(x[0]));
  list.push_back(std::make_unique<Box>(x[1], x[n - 1]));
  list.push_back(std::make_unique<Disc>(x[2] * x[1]));
  double s = 1;
  for (auto &shape : list) s *= shape->area(x);
  return s;
}
static double callables(double *x, int n) {
  double k = x[0] * x[0];
  std::vector<std::function<double(double)>> list = {[k](double t) { return k * t; }, [](double t) { return t * t; }, cube};
  double s = 0;
  for (int i = 0; i < n; i++) s += list[i % 3](x[i]) * x[1];
  return s;
}
/* Both modes, each lane against the derivative for one direction. */
#define CHECK_WIDE(NAME, F, X, N) do { \
    double p[8], u[3][8], d[3][8] = {{0}}, one[8] = {0}, want[3]; \
    memcpy(p, X, (N) * sizeof(double)); \
    AD_DO(__nabla_autodiff_v((void *)F, p, one, N), for (int i = 0; i < (N); i++) one[i] = 1); \
    for (int lane = 0; lane < 3; lane++) { \
      want[lane] = 0; \
      for (int i = 0; i < (N); i++) { u[lane][i] = sin(1.0 + 3 * lane + i); want[lane] += u[lane][i] * one[i]; } \
    } \
    three got = {want[0], want[1], want[2]}; \
    memcpy(p, X, (N) * sizeof(double)); \
    AD_DO(got = __nabla_fwddiff_three((void *)F, nabla_width, 3, p, u[0], u[1], u[2], N), (void)0); \
    EXPECT(NAME " forward", got.a, want[0]); \
    EXPECT(NAME " forward", got.b, want[1]); \
    EXPECT(NAME " forward", got.c, want[2]); \
    memcpy(p, X, (N) * sizeof(double)); \
    AD_DO(__nabla_autodiff_wide((void *)F, nabla_width, 3, p, d[0], d[1], d[2], N), for (int l = 0; l < 3; l++) memcpy(d[l], one, sizeof one)); \
    for (int lane = 0; lane < 3; lane++) \
      for (int i = 0; i < (N); i++) EXPECT(NAME " reverse", d[lane][i], one[i]); \
  } while (0)

int main() {
  double x[] = {0.7, 1.3, 0.4, 0.9, 1.1};
  CHECK_GRAD("pointers", pointers, x, 5);
  CHECK_WIDE("pointers", pointers, x, 5);
  CHECK_GRAD("in place", in_place, x, 4);
  CHECK_WIDE("in place", in_place, x, 4);
  CHECK_GRAD("shapes", shapes, x, 4);
  CHECK_WIDE("shapes", shapes, x, 4);
  CHECK_GRAD("callables", callables, x, 5);
  CHECK_WIDE("callables", callables, x, 5);
  return chk_exit();
}
