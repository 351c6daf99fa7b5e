// RUN: %check %s
// REFUSE: 'step', the step of a checkpointed loop, stores a pointer in one of the loop's regions
// LEVELS: -O0; -O2; opt
#include "check.h"
extern int nabla_snapshots, nabla_checkpoint_region;
void __nabla_checkpoint_for(void *, ...);
struct state { double *now, *next; };
static void step(long i, struct state *s, double *a, double *b) {
  s->next[0] = sin(s->now[0]) * s->now[1];
  s->next[1] = s->now[0];
  double *t = s->now;
  s->now = s->next;
  s->next = t;
}
static double f(double *x, int n) {
  double a[2] = {x[0], x[1]}, b[2] = {0, 0};
  struct state s = {a, b};
  __nabla_checkpoint_for((void *)step, 0L, 5L, nabla_snapshots, 2, nabla_checkpoint_region, a, sizeof a, nabla_checkpoint_region,
                         b, sizeof b, nabla_checkpoint_region, &s, sizeof s, &s, a, b);
  return s.now[0] * s.now[1];
}
int main(void) {
  double x[] = {0.3, 0.4};
  CHECK_GRAD("pointers", f, x, 2);
  return chk_exit();
}
