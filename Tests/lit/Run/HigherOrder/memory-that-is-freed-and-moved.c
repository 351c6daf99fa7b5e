// RUN: %check %s
// SANITIZE
#include "check.h"
#include <stdlib.h>
/* Second derivatives free what the first ones free for the program, and its twins; and blocks that move. */
struct list { double *values; int count; };
static double f(double *x, int n) {
  struct list *lists = 0;
  for (int i = 0; i < n; i++) {
    lists = realloc(lists, (i + 1) * sizeof *lists);
    lists[i].values = malloc(n * sizeof(double));
    lists[i].count = n - i;
    for (int j = 0; j < n; j++) lists[i].values[j] = x[i] * x[j];
  }
  double s = 0;
  for (int i = 0; i < n; i++) {
    double t = 1;
    for (int j = 0; j < lists[i].count; j++) t *= 1 + 0.3 * lists[i].values[j];
    s += t * t;
  }
  for (int i = 0; i < n; i++) free(lists[i].values);
  free(lists);
  return s;
}
/* A table that recursion fills: its calls get the inner derivative's tape. */
static double table[16];
static double entry(const double *x, int k) {
  if (k < 2) return x[k];
  table[k] = entry(x, k - 1) * 0.7 + entry(x, k - 2) * x[k % 3];
  return table[k];
}
static double g(double *x, int n) { return entry(x, 6) + table[3] * x[n - 1]; }
#ifdef NO_AD
#define GRADIENT(F) struct chk c = chk_begin("", x, 4, 1, 0); while (chk_step(&c)) c.y[0] = F(c.xp, 4); chk_fd_reverse(&c); memcpy(d, c.dx, 4 * sizeof *d); chk_finish(&c)
#else
#define GRADIENT(F) __nabla_autodiff_v((void *)F, nabla_dup, x, d, 4)
#endif
static void gradient_f(double *x, double *d) { GRADIENT(f); }
static void gradient_g(double *x, double *d) { GRADIENT(g); }
int main(void) {
  double x[] = {0.9, 0.7, -0.8, 0.6};
  CHECK_GRAD("gradient of f", f, x, 4);
  CHECK_GRAD("gradient of g", g, x, 4);
#ifndef NO_AD
  CHECK_JAC("hessian of f", gradient_f, x, 4, 4);
  CHECK_JAC("hessian of g", gradient_g, x, 4, 4);
#endif
  return chk_exit();
}
