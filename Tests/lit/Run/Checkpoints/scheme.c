// RUN: %check %s
// RUN: %clang -O1 -c %s -o %t.o 2>&1 | %filecheck %s
// LEVELS: -O0; -O2
/* A table that would say when states are kept is named, and not asked. */
// CHECK: warning: the functions of 'enzyme_scheme' are not called: 64 states are kept by a schedule of Nabla's own; say how many with 'enzyme_snapshots', number, or 'enzyme_budget', bytes
#include "check.h"
extern int enzyme_scheme, enzyme_snapshots, enzyme_checkpoint_region;
void __enzyme_checkpoint_for(void *, ...);
void __enzyme_checkpoint_while(void *, ...);

struct table { int version; void *(*init)(void *, long); int (*next)(void *); };
static void *init(void *config, long n) { abort(); }
static int next(void *state) { abort(); }
static struct table table = {1, init, next};
static int config[4];

static void step(long i, double *u, double k) {
  u[0] = sin(u[0]) * k + 0.3 * u[1] + 0.5;
  u[1] = 0.5 * u[1] + 0.001 * i * u[0];
}
static int until(double *u, double k) {
  u[0] = k * u[0];
  u[1] = 0.5 * u[1] + u[0] * u[0];
  return u[0] > 0.06;
}
static double f(double *x, int n) {
  double u[2] = {x[0], x[1]};
#ifdef NO_AD
  for (long i = 0; i < 65; i++) step(i, u, x[2]);
  while (until(u, x[2])) {}
#else
  __enzyme_checkpoint_for((void *)step, 0L, 65L, enzyme_scheme, &table, config, enzyme_checkpoint_region, u, sizeof u, u, x[2]);
  __enzyme_checkpoint_while((void *)until, enzyme_scheme, &table, config, enzyme_snapshots, 3, enzyme_checkpoint_region, u, sizeof u, u,
                            x[2]);
#endif
  return u[0] * u[1];
}
int main(void) {
  double x[] = {0.3, 0.4, 0.7};
  CHECK_GRAD("scheme", f, x, 3);
  return chk_exit();
}
