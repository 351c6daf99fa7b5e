// RUN: %check %s
// Time steps of which few states are kept: the same gradient with any number of them, and from the plain loop.
// SANITIZE
#include "check.h"
extern int nabla_snapshots, nabla_budget, nabla_checkpoint_region;
void __nabla_checkpoint_for(void *, ...);

enum { N = 6 };
// A step works on u and v, has a work array of its own, reads parameters, and uses the number of the step.
static void step(long i, double *u, double *v, const double *p, double k) {
  double w[N];
  for (int j = 0; j < N; j++) w[j] = u[j] + 0.05 * k * sin(v[(j + 1) % N]) + 0.01 * p[j] * (double)(i % 3);
  for (int j = 0; j < N; j++) v[j] = 0.9 * v[j] + 0.1 * u[j] * w[(j + 2) % N];
  memcpy(u, w, sizeof w);
}
static int steps = 13, snapshots = 3, start = 0;
static long budget = 0;
static double run(double *x, int plain) {
  double *u = malloc(sizeof(double) * N), v[N], s = 0;
  for (int j = 0; j < N; j++) u[j] = x[j] * x[j];
  for (int j = 0; j < N; j++) v[j] = 0.3 * j + x[(j + 1) % N];
  double k = x[0] * x[N];
#ifdef NO_AD
  plain = 1;
#endif
  if (plain)
    for (int i = start; i < start + steps; i++) step(i, u, v, x, k);
  else if (budget)
    __nabla_checkpoint_for((void *)step, start, steps, nabla_budget, budget, nabla_checkpoint_region, u, sizeof(double) * N,
                           nabla_checkpoint_region, v, sizeof v, u, v, x, k);
  else
    __nabla_checkpoint_for((void *)step, start, steps, nabla_snapshots, snapshots, nabla_checkpoint_region, u,
                           sizeof(double) * N, nabla_checkpoint_region, v, sizeof v, u, v, x, k);
  for (int j = 0; j < N; j++) s += u[j] * u[j] * (1 + j) + v[j] * u[j];
  free(u);
  return s;
}
static double kept(double *x, int n) { return run(x, 0); }
static double plain(double *x, int n) { return run(x, 1); }

// In the caller's memory: what the loop leaves there is there after the gradient as well.
static double inplace(double *u, int n) {
  double v[N] = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6}, p[N] = {1, 2, 3, 4, 5, 6}, s = 0;
  for (int j = 0; j < N; j++) u[j] = sin(u[j]);
#ifdef NO_AD
  for (int i = 0; i < steps; i++) step(i, u, v, p, 0.5);
#else
  __nabla_checkpoint_for((void *)step, 0L, steps, nabla_snapshots, 2, nabla_checkpoint_region, u, sizeof(double) * N,
                         nabla_checkpoint_region, v, sizeof v, u, v, p, 0.5);
#endif
  for (int j = 0; j < N; j++) s += u[j] * u[j];
  return s;
}
// A loop of checkpointed loops, with memory taken and freed in each step.
static void heap(int i, double *u) {
  double *w = malloc(sizeof(double) * N);
  for (int j = 0; j < N; j++) w[j] = u[j] * u[(j + 1) % N] + (i & 1 ? 0.1 : 0.2) * u[j];
  for (int j = 0; j < N; j++) u[j] = 0.5 * w[j] + 0.3;
  free(w);
}
static double nested(double *x, int n) {
  double u[N], s = 0;
  for (int j = 0; j < N; j++) u[j] = x[j];
  for (int t = 0; t < 3; t++) {
#ifdef NO_AD
    for (int i = 0; i < 5 + t; i++) heap(i, u);
#else
    __nabla_checkpoint_for((void *)heap, 0, 5 + t, nabla_snapshots, 2, nabla_checkpoint_region, u, sizeof u, u);
#endif
    for (int j = 0; j < N; j++) s += u[j] * u[j] * x[j];
  }
  return s;
}

int main(void) {
  double x[N + 1] = {0.9, 1.2, -0.7, 0.4, 0.3, 1.1, 0.8};
  CHECK_GRAD("plain", plain, x, N + 1);
  int counts[] = {0, 1, 2, 3, 4, 7, 13, 50};
  for (int c = 0; c < 8; c++)
    for (snapshots = 1; snapshots <= 6; snapshots++) {
      steps = counts[c];
      start = c;
      CHECK_GRAD("kept", kept, x, N + 1);
    }
  steps = 13, start = 0;
  budget = 5 * 16 * N;
  CHECK_GRAD("budget", kept, x, N + 1);
  budget = 1;
  CHECK_GRAD("small budget", kept, x, N + 1);
  budget = 1L << 40;
  CHECK_GRAD("large budget", kept, x, N + 1);
  CHECK_GRAD("in place", inplace, x, N);
  CHECK_GRAD("nested", nested, x, N);
  return chk_exit();
}
