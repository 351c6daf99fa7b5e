// RUN: %check %s
// SANITIZE
#include "check.h"
/* objects of one size from a pool; free objects are linked through their own storage (a union) */
union slot { union slot *next; struct expr { int op; double v; union slot *l, *r; } e; };
static union slot store[64], *unused;
static void init(void) { unused = NULL; for (int i = 63; i >= 0; i--) { store[i].next = unused; unused = &store[i]; } }
static union slot *get(int op, double v, union slot *l, union slot *r) { union slot *s = unused; unused = s->next; s->e.op = op; s->e.v = v; s->e.l = l; s->e.r = r; return s; }
static void put(union slot *s) { s->next = unused; unused = s; }
static double eval(union slot *s) {
  double a, b, r;
  switch (s->e.op) {
    case 0: r = s->e.v; break;
    case '+': a = eval(s->e.l); b = eval(s->e.r); r = a + b; break;
    case '*': a = eval(s->e.l); b = eval(s->e.r); r = a * b; break;
    case 's': r = sin(eval(s->e.l)); break;
    default: r = 0;
  }
  put(s);
  return r;
}
static double f(double *x, int n) {
  double total = 0;
  init();
  for (int i = 0; i + 2 < n; i++) {
    union slot *a = get(0, x[i], 0, 0), *b = get(0, x[i + 1], 0, 0), *c = get(0, x[i + 2], 0, 0);
    total += eval(get('+', 0, get('*', 0, a, get('s', 0, b, 0)), get('*', 0, c, get(0, total, 0, 0))));
  }
  memset(store, 0, sizeof store);
  return total;
}
int main(void) {
  double x[] = {0.5, 1.2, 0.3, -0.8, 0.9};
  CHECK_GRAD("pool", f, x, 5);
  return chk_exit();
}
