// RUN: %check %s
// SANITIZE
#include "check.h"
/* A red bit in the low bit of the parent pointer, as red-black trees do. */
typedef struct node { double value; uintptr_t next_and_flag; } Node;
static Node *next(const Node *n) { return (Node *)(n->next_and_flag & ~(uintptr_t)1); }
static double f(double *x, int n) {
  Node *head = NULL;
  double s = 0;
  for (int i = 0; i < n; i++) { Node *k = (Node *)malloc(sizeof *k); k->value = x[i] * x[0]; k->next_and_flag = (uintptr_t)head | (uintptr_t)(i & 1); head = k; }
  while (head) {
    Node *k = head;
    s = (k->next_and_flag & 1 ? 2 : 1) * k->value * k->value + 0.5 * s;
    head = next(k);
    free(k);
  }
  return s;
}
int main(void) {
  double x[] = {0.4, 1.2, -0.7, 0.9};
  CHECK_GRAD("tagged", f, x, 4);
  return chk_exit();
}
