// REQUIRES: has-libcxx
// RUN: %check %s
// FLAGS: -stdlib=libc++
// LIBS: -stdlib=libc++
// SANITIZE
#include "check.h"
#include <functional>
#include <memory>
#include <vector>
/* Counts of owners are kept by compiled functions; a small callable lies in the std::function itself. */
struct Node {
  double v = 0;
  std::weak_ptr<Node> parent;
  std::vector<std::shared_ptr<Node>> children;
};
static double depth(const std::shared_ptr<Node> &a) {
  auto p = a->parent.lock();
  return p ? p->v * a->v + depth(p) : a->v;
}
static double tree(double *x, int n) {
  auto root = std::make_shared<Node>();
  root->v = x[0];
  for (int i = 1; i < n; i++) {
    auto k = std::make_shared<Node>();
    k->v = x[i];
    k->parent = i > 2 ? root->children[0] : root;
    root->children.push_back(k);
  }
  double s = 0;
  for (auto &k : root->children) s += depth(k);
  std::shared_ptr<double> a(new double(x[1])), b = a;
  std::weak_ptr<double> w = b;
  *b *= x[2];
  if (auto c = w.lock()) s += *c * *a;
  a.reset();
  b = nullptr;
  return w.expired() ? s : 0;
}
static double callables(double *x, int n) {
  double k = x[0];
  std::function<double(double)> g = [k](double a) { return std::sin(k * a); };
  std::function<double(double)> h = [g](double a) { return g(a) * a; };
  std::vector<std::function<double(double)>> list{g, h};
  auto copies = list;
  list.clear();
  double s = 0;
  for (int i = 0; i < n; i++)
    for (auto &q : copies) s += q(x[i]);
  return s;
}
int main() {
  double x[5] = {0.3, 1.2, -0.7, 0.4, 2};
  CHECK_GRAD("tree", tree, x, 5);
  CHECK_GRAD("callables", callables, x, 5);
  return chk_exit();
}
