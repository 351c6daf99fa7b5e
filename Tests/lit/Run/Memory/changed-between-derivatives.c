// RUN: %check %s
// SANITIZE
/* What a global leads to changes after one derivative and before another one, which shares its shadow. */
#include "check.h"
#include <stdlib.h>

static double (*chosen)(double);
static double cube(double v) { return v * v * v; }
static double half(double v) { return v * 0.5; }
static double through(double x) { return chosen(x) * x; }

struct node {
  double weight;
  struct node *next;
};
static struct node *list;
static struct {
  double total;
  double (*rule)(double);
  struct node *first, *best;
} state;
static void drop(void) {
  while (list) {
    struct node *p = list;
    list = p->next;
    free(p);
  }
}
static void make(int n, double weight) {
  struct node *old = list;
  list = 0;
  for (int i = 0; i < n; i++) {
    struct node *p = (struct node *)calloc(1, sizeof *p);
    p->weight = weight * (i + 1);
    p->next = list;
    list = p;
  }
  struct node *made = list;
  list = old;
  drop();
  list = made;
}
static double weighted(double x) {
  double s = 0;
  for (struct node *p = list; p; p = p->next) s += p->weight * x * x;
  return s;
}
/* Active numbers beside the pointers: the variable has a shadow, which all derivatives share. */
static double ruled(double x) {
  state.total = x * x;
  state.total = state.rule(state.total) + state.total;
  return state.total;
}
static double searched(double x) {
  state.total = 0;
  for (state.best = state.first; state.best; state.best = state.best->next) state.total += state.best->weight * x * x;
  return state.total;
}
/* A pointer that leads to memory without a shadow at first, and to active memory for a while. */
static struct {
  double total;
  double *data;
} borrowed;
static double borrowing(double x) {
  double local[2] = {x * x, x};
  double *keep = borrowed.data;
  borrowed.total = keep[0] * x;
  borrowed.data = local;
  borrowed.total += borrowed.data[0] * borrowed.data[1];
  borrowed.data = keep;
  borrowed.total += borrowed.data[1] * borrowed.total;
  return borrowed.total;
}
static double borrowing_slope(double x) { return (borrowed.data[0] + 3 * x * x) * (1 + borrowed.data[1]); }

int main(void) {
  double x = 0.7, d = 0;
  chosen = cube;
  AD_DO(d = __nabla_fwddiff_d((void *)through, x, 1.0), d = 4 * x * x * x);
  EXPECT("cube, forward", d, 4 * x * x * x);
  chosen = half;
  AD_DO(d = __nabla_autodiff_d((void *)through, x), d = x);
  EXPECT("half, reverse", d, x);
  chosen = cube;
  AD_DO(d = __nabla_fwddiff_d((void *)through, x, 1.0), d = 4 * x * x * x);
  EXPECT("cube, forward again", d, 4 * x * x * x);
  make(3, 1);
  AD_DO(d = __nabla_fwddiff_d((void *)weighted, x, 1.0), d = 12 * x);
  EXPECT("list, forward", d, 12 * x);
  make(4, 2);
  AD_DO(d = __nabla_autodiff_d((void *)weighted, x), d = 40 * x);
  EXPECT("another list, reverse", d, 40 * x);
  make(2, 3);
  AD_DO(d = __nabla_fwddiff_d((void *)weighted, x, 1.0), d = 18 * x);
  EXPECT("a third list, forward", d, 18 * x);
  for (int k = 0; k < 4; k++) {
    make(k + 1, 1 + k);
    state.first = list;
    state.rule = k % 2 ? cube : half;
    double factor = 0;
    for (int i = 0; i <= k; i++) factor += 2 * (1 + k) * (i + 1);
    double slope = k % 2 ? 6 * x * x * x * x * x + 2 * x : 3 * x;
    AD_DO(d = __nabla_fwddiff_d((void *)searched, x, 1.0), d = factor * x);
    EXPECT("searched, forward", d, factor * x);
    AD_DO(d = __nabla_fwddiff_d((void *)ruled, x, 1.0), d = slope);
    EXPECT("ruled, forward", d, slope);
    make(k + 2, 2 + k);
    state.first = list;
    state.rule = k % 2 ? half : cube;
    factor = 0;
    for (int i = 0; i <= k + 1; i++) factor += 2 * (2 + k) * (i + 1);
    slope = k % 2 ? 3 * x : 6 * x * x * x * x * x + 2 * x;
    AD_DO(d = __nabla_autodiff_d((void *)searched, x), d = factor * x);
    EXPECT("searched, reverse", d, factor * x);
    AD_DO(d = __nabla_autodiff_d((void *)ruled, x), d = slope);
    EXPECT("ruled, reverse", d, slope);
  }
  double first[2] = {2, 3}, second[2] = {5, 7};
  for (int k = 0; k < 3; k++) {
    borrowed.data = first;
    AD_DO(d = __nabla_fwddiff_d((void *)borrowing, x, 1.0), d = borrowing_slope(x));
    EXPECT("borrowing, forward", d, (2 + 3 * x * x) * 4);
    borrowed.data = second;
    AD_DO(d = __nabla_autodiff_d((void *)borrowing, x), d = borrowing_slope(x));
    EXPECT("borrowing, reverse", d, (5 + 3 * x * x) * 8);
    AD_DO(d = __nabla_fwddiff_d((void *)borrowing, x, 1.0), d = borrowing_slope(x));
    EXPECT("borrowing, forward, the second", d, (5 + 3 * x * x) * 8);
    borrowed.data = first;
    AD_DO(d = __nabla_autodiff_d((void *)borrowing, x), d = borrowing_slope(x));
    EXPECT("borrowing, reverse, the first", d, (2 + 3 * x * x) * 4);
    EXPECT("kept", first[0] + first[1] + second[0] + second[1], 17);
  }
  drop();
  return chk_exit();
}
