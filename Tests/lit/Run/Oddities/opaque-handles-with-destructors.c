// RUN: %check %s
// SANITIZE
#include "check.h"
typedef void *handle;
typedef struct { int kind; void *impl; double (*call)(void *, double); void (*destroy)(void *); } box;
struct lin { double a, b; }; struct tab { int n; double *x, *y; };
static double lin_call(void *p, double t) { struct lin *l = p; return l->a * t + l->b; }
static double tab_call(void *p, double t) {
  struct tab *s = p; int lo = 0, hi = s->n - 1;
  if (t <= s->x[0]) return s->y[0];
  if (t >= s->x[hi]) return s->y[hi];
  while (hi - lo > 1) { int m = (lo + hi) / 2; if (s->x[m] > t) hi = m; else lo = m; }
  double w = (t - s->x[lo]) / (s->x[hi] - s->x[lo]);
  return s->y[lo] * (1 - w) + s->y[hi] * w;
}
static void tab_destroy(void *p) { struct tab *s = p; free(s->x); free(s->y); free(s); }
static handle make_lin(double a, double b) { box *h = malloc(sizeof *h); struct lin *l = malloc(sizeof *l); l->a = a; l->b = b; *h = (box){1, l, lin_call, free}; return h; }
static handle make_tab(const double *y, int n) {
  box *h = malloc(sizeof *h); struct tab *s = malloc(sizeof *s);
  s->n = n; s->x = malloc(n * sizeof(double)); s->y = malloc(n * sizeof(double));
  for (int i = 0; i < n; i++) { s->x[i] = 0.5 * i; s->y[i] = y[i]; }
  *h = (box){2, s, tab_call, tab_destroy};
  return h;
}
static double call(handle h, double t) { box *b = h; return b->call(b->impl, t); }
static void release(handle h) { box *b = h; b->destroy(b->impl); free(b); }
static double f(double *x, int n) {
  handle h[2] = {make_lin(x[0], x[1]), make_tab(x + 2, n - 2)};
  double t = 0.3;
  for (int i = 0; i < 7; i++) t = 0.5 * t + call(h[i % 2], t) * 0.3;
  release(h[0]); release(h[1]);
  return t;
}
int main(void) {
  double x[] = {0.7, 0.9, 0.3, 1.2, 0.8, 2.1};
  CHECK_GRAD("handles", f, x, 6);
  return chk_exit();
}
