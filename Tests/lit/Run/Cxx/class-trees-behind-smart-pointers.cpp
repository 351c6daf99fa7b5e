// RUN: %check %s
// FLAGS: -std=c++17
#include "check.h"
#include <memory>
#include <vector>
#include <string>
struct Node { virtual ~Node() {} virtual double eval(const double *x) const = 0; virtual std::string name() const { return "node"; } };
using P = std::unique_ptr<Node>;
struct Const : Node { double v; Const(double v) : v(v) {} double eval(const double *) const override { return v; } };
struct Var : Node { int i; Var(int i) : i(i) {} double eval(const double *x) const override { return x[i]; } std::string name() const override { return "x" + std::to_string(i); } };
struct Bin : Node {
  char op; P a, b;
  Bin(char op, P a, P b) : op(op), a(std::move(a)), b(std::move(b)) {}
  double eval(const double *x) const override {
    double p = a->eval(x), q = b->eval(x);
    switch (op) { case '+': return p + q; case '*': return p * q; case '/': return p / q; default: return p - q; }
  }
};
struct Fn : Node { double (*g)(double); P a; Fn(double (*g)(double), P a) : g(g), a(std::move(a)) {} double eval(const double *x) const override { return g(a->eval(x)); } };
static double mysin(double x) { return sin(x); }
static double myexp(double x) { return exp(0.1 * x); }
static double f(double *x, int n) {
  P e = std::make_unique<Bin>('+', std::make_unique<Bin>('*', std::make_unique<Var>(0), std::make_unique<Fn>(mysin, std::make_unique<Var>(1))),
        std::make_unique<Bin>('/', std::make_unique<Fn>(myexp, std::make_unique<Var>(2)), std::make_unique<Const>(2.5)));
  return e->eval(x);
}
struct Body { double m, pos[2], vel[2]; Body(double m, double a, double b) : m(m), pos{a, b}, vel{0, 0} {} virtual ~Body() = default; virtual double drag() const { return 0.1; } };
struct Heavy : Body { double extra; Heavy(double m, double a, double b, double e) : Body(m, a, b), extra(e) {} double drag() const override { return 0.2 * extra; } };
static double g(double *x, int n) {
  std::vector<std::shared_ptr<Body>> bodies;
  bodies.push_back(std::make_shared<Body>(x[0], 0.0, 1.0));
  bodies.push_back(std::make_shared<Heavy>(x[1], 1.0, x[2], x[0]));
  bodies.push_back(bodies[0]);
  std::weak_ptr<Body> w = bodies[1];
  for (int s = 0; s < 3; s++)
    for (auto &a : bodies)
      for (auto &b : bodies) {
        if (a == b) continue;
        double dx = b->pos[0] - a->pos[0], dy = b->pos[1] - a->pos[1], r2 = dx * dx + dy * dy + 0.1;
        a->vel[0] += 0.01 * b->m * dx / r2 - 0.001 * a->drag() * a->vel[0];
        a->vel[1] += 0.01 * b->m * dy / r2;
        a->pos[0] += a->vel[0]; a->pos[1] += a->vel[1];
      }
  double s = 0;
  if (auto p = w.lock()) s += p->pos[0] * p->pos[1];
  for (auto &b : bodies) if (auto *h = dynamic_cast<Heavy *>(b.get())) s += h->extra * h->vel[0]; else s += b->pos[0];
  return s;
}
int main() {
  double x[] = {0.9, 1.2, -0.7};
  CHECK_GRAD("tree", f, x, 3);
  CHECK_GRAD("bodies", g, x, 3);
  return chk_exit();
}
