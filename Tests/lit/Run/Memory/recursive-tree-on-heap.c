// RUN: %check %s
// SANITIZE
#include "check.h"
typedef struct tree { double key; struct tree *left, *right; } Tree;
static Tree *insert(Tree *t, double key) {
  if (!t) { t = (Tree *)malloc(sizeof *t); t->key = key; t->left = t->right = NULL; }
  else if (key < t->key) t->left = insert(t->left, key);
  else t->right = insert(t->right, key);
  return t;
}
static double sum(const Tree *t, int depth) { return t ? t->key * t->key / depth + sum(t->left, depth + 1) * t->key + sum(t->right, depth + 1) : 0.5; }
static void destroy(Tree *t) { if (t) { destroy(t->left); destroy(t->right); free(t); } }
static double f(double *x, int n) {
  Tree *root = NULL;
  for (int i = 0; i < n; i++) root = insert(root, x[i]);
  double s = sum(root, 1);
  destroy(root);
  return s;
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4, 1.0};
  CHECK_GRAD("tree", f, x, 5);
  return chk_exit();
}
