// RUN: %check %s
#include "check.h"
#include <stddef.h>
typedef struct { int id; double a, b; float pad; double c[2]; } Item;
static double field(const Item *items, int n, size_t offset) { double s = 0; for (int i = 0; i < n; i++) s += *(const double *)((const char *)&items[i] + offset); return s; }
static Item *owner(double *c) { return (Item *)((char *)c - offsetof(Item, c)); }
static double f(double *x, int n) {
  Item t[2] = {{1, x[0], x[1], 0, {x[2], x[0] * x[1]}}, {2, x[2], x[0], 0, {x[1], x[2] * x[2]}}};
  owner(&t[1].c[0])->a *= 3;
  return field(t, 2, offsetof(Item, a)) * field(t, 2, offsetof(Item, b)) + field(t, 2, offsetof(Item, c) + sizeof(double)) + 0 * n;
}
int main(void) {
  double x[] = {0.4, 1.2, -0.7};
  CHECK_GRAD("offsets", f, x, 3);
  return chk_exit();
}
