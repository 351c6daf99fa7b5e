// RUN: %check %s
// SANITIZE
#include "check.h"
#include <stddef.h>
#define container_of(p, T, m) ((T *)((char *)(p) - offsetof(T, m)))
struct node { struct node *next, **pprev; };
struct particle { int id; double x, v; struct node link; float w; };
struct bucket { struct node *first; };
static void push(struct bucket *b, struct node *n) { n->next = b->first; if (n->next) n->next->pprev = &n->next; b->first = n; n->pprev = &b->first; }
static void drop(struct node *n) { *n->pprev = n->next; if (n->next) n->next->pprev = n->pprev; }
static double f(double *x, int n) {
  struct bucket active = {0}, done = {0};
  struct particle *p = malloc(n / 2 * sizeof *p);
  for (int i = 0; i < n / 2; i++) { p[i] = (struct particle){i, x[2 * i], x[2 * i + 1], {0}, 0.5f}; push(&active, &p[i].link); }
  for (int step = 0; step < 6; step++)
    for (struct node *l = active.first, *next; l; l = next) {
      struct particle *q = container_of(l, struct particle, link);
      next = l->next;
      q->v -= 0.1 * sin(q->x); q->x += 0.2 * q->v;
      if (q->x > 1.4) { drop(l); push(&done, l); q->v *= 0.5; }
    }
  double s = 0;
  for (struct node *l = done.first; l; l = l->next) s += container_of(l, struct particle, link)->v * 3;
  for (struct node *l = active.first; l; l = l->next) { struct particle *q = container_of(l, struct particle, link); s += q->x * q->x * q->w; }
  free(p);
  return s;
}
int main(void) {
  double x[] = {0.3, 0.4, 1.1, 0.9, -0.5, 0.2, 0.9, 1.5};
  CHECK_GRAD("lists", f, x, 8);
  return chk_exit();
}
