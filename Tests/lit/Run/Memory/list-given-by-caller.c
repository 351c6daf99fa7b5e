// RUN: %check %s
#include "check.h"
typedef struct node { double value; struct node *next; } Node;
static double f(const Node *k) { double s = 1; for (; k; k = k->next) s = s * k->value + 0.1 * s * s; return s; }
static double flat(double *x, int n) {
  Node nodes[6];
  for (int i = 0; i < n; i++) { nodes[i].value = x[i]; nodes[i].next = i + 1 < n ? &nodes[i + 1] : NULL; }
  return f(nodes);
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4}, h = 1e-4;
  Node c = {0.5, NULL}, b = {-1.5, &c}, a = {2, &b}, dc = {0, NULL}, db = {0, &dc}, da = {0, &db};
  CHECK_GRAD("flat", flat, x, 4);
  b.value += h; double up = f(&a);
  b.value -= 2 * h; double down = f(&a);
  b.value += h;
  AD_DO(__nabla_autodiff_v((void *)f, &a, &da), db.value = (up - down) / (2 * h));
  EXPECT_TOL("middle", db.value, (up - down) / (2 * h), 1e-6);
  return chk_exit();
}
