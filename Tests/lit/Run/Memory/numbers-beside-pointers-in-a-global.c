// RUN: %check %s
#include "check.h"
/* Each derivative starts with clean shadows of the numbers in a global, also where there are pointers between them:
   what another one left there must not come back. */
static struct { double *home; double weight, total; } work;
static double f(double x, double y) {
  static double buffer[4];
  work.home = buffer;
  if (x > 100) work.weight = y;
  work.total = work.weight * 0.5 + y;
  work.home[0] = work.total * x;
  work.weight = x * y;
  return work.home[0] + work.weight;
}
/* Words that are one or the other. */
struct node { int kind; union { double value; struct { struct node *left, *right; } branch; } is; };
static struct node nodes[8];
static int count;
static struct node *make(int kind) { nodes[count].kind = kind; return &nodes[count++]; }
static double evaluate(const struct node *n, double x) {
  return n->kind == 0 ? n->is.value : n->kind == 1 ? x : evaluate(n->is.branch.left, x) * evaluate(n->is.branch.right, x);
}
static double g(double x, double y) {
  count = 0;
  struct node *product = make(2);
  product->is.branch.left = make(0);
  product->is.branch.left->is.value = y;
  product->is.branch.right = make(1);
  return evaluate(product, x);
}
struct slopes { double dx, dy; };
struct slopes __nabla_autodiff_s(void *, ...);
double __nabla_fwddiff_s(void *, ...);
int main(void) {
  double x = 0.7, y = 3, t = 0;
  struct slopes d = {0, 0};
  for (int k = 0; k < 2; k++) {
    work.weight = 0;
    AD_DO(t = __nabla_fwddiff_s((void *)f, x, 1.0, y, 1.0), t = 2 * y + 2 * x);
    EXPECT("forward", t, 2 * y + 2 * x);
    work.weight = 0;
    AD_DO(d = __nabla_autodiff_s((void *)f, x, y), (d.dx = 2 * y, d.dy = 2 * x));
    EXPECT("reverse, x", d.dx, 2 * y);
    EXPECT("reverse, y", d.dy, 2 * x);
    AD_DO(t = __nabla_fwddiff_s((void *)g, x, 1.0, y, 1.0), t = x + y);
    EXPECT("forward, nodes", t, x + y);
    AD_DO(d = __nabla_autodiff_s((void *)g, x, y), (d.dx = y, d.dy = x));
    EXPECT("reverse, nodes, x", d.dx, y);
    EXPECT("reverse, nodes, y", d.dy, x);
  }
  return chk_exit();
}
