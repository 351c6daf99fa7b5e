// RUN: %check %s
// Memory without derivatives that calls give back: the reverse sweep still wants the indices that were read from it.
// SANITIZE
#include "check.h"

typedef struct tree {
  struct tree *left, *right;
  int index;
} tree;

__attribute__((noinline)) static tree *build(int lo, int hi) {
  if (lo >= hi) return 0;
  tree *t = malloc(sizeof *t);
  t->index = (lo + hi) / 2;
  t->left = build(lo, t->index);
  t->right = build(t->index + 1, hi);
  return t;
}

__attribute__((noinline)) static double evaluate(const tree *t, const double *x) {
  if (!t) return 0.5;
  return sin(x[t->index]) * (1 + evaluate(t->left, x)) + evaluate(t->right, x) * x[t->index];
}

__attribute__((noinline)) static void destroy(tree *t) {
  if (!t) return;
  destroy(t->left);
  destroy(t->right);
  memset(t, 0xee, sizeof *t);
  free(t);
}

static double f(double *x, int n) {
  tree *t = build(0, n);
  double s = evaluate(t, x);
  destroy(t);
  return s;
}

static void (*const release)(tree *) = destroy;
static double g(double *x, int n) {
  tree *t = build(0, n - 1);
  double s = evaluate(t, x) * x[n - 1];
  void (*volatile through)(tree *) = release;
  through(t);
  return s;
}

int main(void) {
  double x[5] = {0.7, 1.3, 0.4, 0.2, 0.6};
  CHECK_GRAD("called", f, x, 5);
  CHECK_GRAD("through a pointer", g, x, 5);
  return chk_exit();
}
