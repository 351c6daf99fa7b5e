// RUN: %check %s
// SANITIZE
#include "check.h"
#include <memory>
#include <utility>
struct Node {
  double value;
  std::unique_ptr<Node> left, right;
  explicit Node(double v) : value(v) {}
  double sum() const { return value * value + (left ? 0.5 * left->sum() : 0) + (right ? value * right->sum() : 0); }
};
static void insert(std::unique_ptr<Node> &at, double v) { if (!at) at = std::make_unique<Node>(v); else insert(v < at->value ? at->left : at->right, v); }
static double f(double *x, int n) {
  std::unique_ptr<Node> root;
  for (int i = 0; i < n; i++) insert(root, x[i]);
  std::unique_ptr<double[]> work(new double[n]);
  for (int i = 0; i < n; i++) work[i] = x[i] * x[n - 1 - i];
  auto moved = std::move(work);
  return root->sum() + moved[0] * moved[n / 2];
}
int main() {
  double x[] = {0.9, 1.2, -0.7, 0.4, 1.0};
  CHECK_GRAD("tree", f, x, 5);
  return chk_exit();
}
