// RUN: %check %s
// SANITIZE
#include "check.h"
typedef struct node { double value; struct node *next; } Node;
static Node *push(Node *head, double v) { Node *n = (Node *)malloc(sizeof *n); n->value = v; n->next = head; return n; }
static double f(double *x, int n) {
  Node *head = NULL;
  double s = 0, p = 1;
  for (int i = 0; i < n; i++) head = push(head, x[i] * x[i]);
  for (Node *k = head; k; k = k->next) { p = p * 0.5 + k->value; s += p * k->value; }
  while (head) { Node *next = head->next; free(head); head = next; }
  return s;
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("list", f, x, 4);
  return chk_exit();
}
