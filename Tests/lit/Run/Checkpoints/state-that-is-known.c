// RUN: %check %s
// LEVELS: -O0; -O2
/* What a step changes need not be listed where it is known: global variables, and memory with a hint of its size. */
#include "check.h"
extern int enzyme_snapshots;
void __enzyme_checkpoint_for(void *, ...);
void __enzyme_ptr_size_hint(void *, long, int);
static double g[2];
static struct { int calls; double last; } log_;
static void global_step(int i) {
  g[0] = sin(g[0]) + 0.1 * g[1] * (i % 3);
  g[1] = 0.5 * g[1] + g[0] * log_.last;
  log_.last = 0.1 * g[0];
  log_.calls++;
}
static double in_globals(double *x, int n) {
  g[0] = x[0], g[1] = x[1], log_.last = x[0];
#ifdef NO_AD
  for (int i = 0; i < 23; i++) global_step(i);
#else
  __enzyme_checkpoint_for((void *)global_step, 0, 23, enzyme_snapshots, 4);
#endif
  return g[0] * g[1];
}
static void step(int i, double *u) {
  u[0] = sin(u[0]) + 0.1 * u[1] * (i % 3);
  u[1] = 0.5 * u[1] + u[0];
}
static double hinted(double *x, int n) {
  double *u = malloc(n * sizeof *u);
  memcpy(u, x, n * sizeof *u);
#ifdef NO_AD
  for (int i = 0; i < 23; i++) step(i, u);
#else
  __enzyme_ptr_size_hint(u, 2 * sizeof *u, 0);
  __enzyme_checkpoint_for((void *)step, 0, 23, enzyme_snapshots, 4, u);
#endif
  double r = u[0] * u[1];
  free(u);
  return r;
}
int main(void) {
  double x[2] = {0.7, 0.4};
  CHECK_GRAD("globals", in_globals, x, 2);
  CHECK_GRAD("hinted", hinted, x, 2);
  return chk_exit();
}
