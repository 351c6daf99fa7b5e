// RUN: %check %s
// LEVELS: -O0; -O2; opt
#include "check.h"
#include <memory>
struct Op { std::shared_ptr<Op> a, b; double v; char kind; };
using P = std::shared_ptr<Op>;
static P leaf(double v) { return std::make_shared<Op>(Op{nullptr, nullptr, v, 'v'}); }
static P node(char k, P a, P b) { return std::make_shared<Op>(Op{a, b, 0, k}); }
static double eval(const P &p) { return p->kind == 'v' ? p->v : p->kind == '+' ? eval(p->a) + eval(p->b) : eval(p->a) * eval(p->b); }
static double f(double *x, int) { P a = leaf(x[0]), b = leaf(x[1]), c = node('*', a, b), d = node('+', c, a); return eval(node('*', d, node('*', c, c))); }
int main() {
  double x[] = {0.9, 1.2};
  CHECK_GRAD("graph", f, x, 2);
  return chk_exit();
}
