// RUN: %check %s
/* Functions that are not inlined and work on global variables: what they are passed says nothing of it. */
#include "check.h"
static double g[2], *work;
static void mix(int n) {
  if (n == 0) return;
  g[0] = g[0] * sin(g[1]);
  mix(n - 1);
  if (n % 2) mix(n - 1);
}
static void product(void) { g[0] = g[0] * g[1]; }
static void square(void) { g[1] = 0.1 * g[0] * g[0]; }
static void clear(void) { memset(g, 0, sizeof g); }
static void (*table[])(void) = {product, square, clear};
static void grow(int n) {
  if (n > 1) return grow(n - 1);
  work = malloc(2 * sizeof *work);
}
static void shrink(int n) {
  if (n > 1) return shrink(n - 1);
  free(work);
}

static double recursive(double *x, int n) {
  g[0] = x[0], g[1] = x[1];
  mix(n + 1);
  return g[0];
}
static double chosen(double *x, int n) {
  double s = 0;
  g[0] = x[0], g[1] = x[1];
  for (int i = 0; i < 6 * n; i++) {
    table[i % 5 == 4 ? 2 : i % 2]();
    s += g[0] * (i + 1) + g[1];
    if (i % 5 == 4) g[0] = x[1];
  }
  return s;
}
static double on_the_heap(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    grow(i + 2);
    work[0] = x[i] * x[i], work[1] = x[0];
    s += work[0] * work[1];
    shrink(i + 2);
  }
  return s;
}
int main(void) {
  double x[2] = {0.8, 1.3};
  CHECK_GRAD("recursive", recursive, x, 2);
  CHECK_GRAD("chosen", chosen, x, 2);
  CHECK_GRAD("on the heap", on_the_heap, x, 2);
  return chk_exit();
}
