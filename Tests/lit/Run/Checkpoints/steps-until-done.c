// RUN: %check %s
// Time steps that say themselves when to end, of which few states are kept.
// SANITIZE
#include "check.h"
extern int nabla_snapshots, nabla_budget, nabla_checkpoint_region;
void __nabla_checkpoint_while(void *, ...);

enum { N = 5 };
struct clock { double t, dt; long n; };
/* The size of the steps depends on the state, so their number does. */
static int step(double *u, struct clock *c, const double *p, double k) {
  double fastest = 0, w[N];
  for (int j = 0; j < N; j++) if (fabs(u[j]) > fastest) fastest = fabs(u[j]);
  c->dt = 0.2 / (1 + fastest);
  for (int j = 0; j < N; j++) w[j] = u[j] + c->dt * (p[j] - k * u[j] * u[(j + 1) % N]);
  memcpy(u, w, sizeof w);
  c->t += c->dt;
  c->n++;
  return c->t < p[N];
}
static int snapshots = 3;
static long budget = 0;
static double run(double *x, int plain) {
  double u[N], s = 0;
  struct clock c = {0, 0, 0};
  for (int j = 0; j < N; j++) u[j] = x[j];
#ifdef NO_AD
  plain = 1;
#endif
  if (plain) {
    while (step(u, &c, x, 0.3 * x[1])) {}
  } else if (budget) {
    __nabla_checkpoint_while((void *)step, nabla_budget, budget, nabla_checkpoint_region, u, sizeof u, nabla_checkpoint_region,
                             &c, sizeof c, u, &c, x, 0.3 * x[1]);
  } else {
    __nabla_checkpoint_while((void *)step, nabla_snapshots, snapshots, nabla_checkpoint_region, u, sizeof u,
                             nabla_checkpoint_region, &c, sizeof c, u, &c, x, 0.3 * x[1]);
  }
  for (int j = 0; j < N; j++) s += u[j] * u[j] * (1 + j);
  return s + c.t;
}
static double kept(double *x, int n) { return run(x, 0); }
static double plain(double *x, int n) { return run(x, 1); }

/* In the caller's memory, and one step alone. */
static int halve(double *u, int *left) {
  u[0] = 0.5 * u[0] * u[1] + 1;
  u[1] = sin(u[0]) + u[1];
  return --*left > 0;
}
static int steps = 4;
static double inplace(double *u, int n) {
  int left = steps;
#ifdef NO_AD
  while (halve(u, &left)) {}
#else
  __nabla_checkpoint_while((void *)halve, nabla_snapshots, 2, nabla_checkpoint_region, u, 2 * sizeof(double),
                           nabla_checkpoint_region, &left, sizeof left, u, &left);
#endif
  return u[0] * u[1];
}

int main(void) {
  double x[N + 1] = {0.9, 1.2, 0.7, 0.4, 0.3, 3.0};
  CHECK_GRAD("plain", plain, x, N + 1);
  for (snapshots = 1; snapshots <= 40; snapshots = 2 * snapshots + 1) CHECK_GRAD("kept", kept, x, N + 1);
  x[N] = 0.01; snapshots = 2;
  CHECK_GRAD("one step", kept, x, N + 1);
  x[N] = 3;
  budget = 300;
  CHECK_GRAD("budget", kept, x, N + 1);
  budget = 1L << 40;
  CHECK_GRAD("large budget", kept, x, N + 1);
  double y[2] = {0.4, 1.3};
  for (steps = 1; steps < 8; steps++) CHECK_GRAD("in place", inplace, y, 2);
  return chk_exit();
}
