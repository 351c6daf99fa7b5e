// RUN: %check %s
// How often steps are done: as the binomial schedule promises, and no state too many is kept.
#include "check.h"
extern int nabla_snapshots, nabla_checkpoint_region;
void __nabla_checkpoint_for(void *, ...);
static long calls;
__attribute__((noinline)) void tick(void) { calls++; }
void *__nabla_inactivefn_tick = (void *)tick;
static void step(long i, double *u) {
  tick();
  u[0] = u[0] * (1 - 1e-3 * u[1]) + 1e-3 * (double)(i & 1);
  u[1] = u[1] + 1e-3 * u[0];
}
static double f(const double *x, long n, long k) {
  double u[2] = {x[0], x[1]};
  AD_DO(__nabla_checkpoint_for((void *)step, 0L, n, nabla_snapshots, k, nabla_checkpoint_region, u, sizeof u, u),
        for (long i = 0; i < n; i++) step(i, u));
  return u[0] * u[1];
}
/* Steps done again if k states may be kept, at best (Griewank 1992); by trying all places for the next state. */
static long best[200][8];
static long again(long n, long k) {
  if (n <= 1) return 0;
  if (k == 1) return n * (n - 1) / 2;
  if (best[n][k]) return best[n][k] - 1;
  long least = n * n;
  for (long m = 1; m < n; m++) {
    long t = m + again(n - m, k - 1) + again(m, k);
    if (t < least) least = t;
  }
  best[n][k] = least + 1;
  return least;
}
int main(void) {
  double x[] = {0.3, 0.4};
  int wrong = 0;
  for (long n = 1; n < 150; n += 7)
    for (long k = 1; k < 7; k++) {
      double d[2] = {0, 0};
      calls = 0;
      AD_DO(__nabla_autodiff_v((void *)f, nabla_dup, x, d, nabla_const, n, nabla_const, k), calls = n + again(n, k));
      /* each once more to be reversed; and the forward loop goes on to the end from the last state that it keeps */
      if (calls < again(n, k) + n || calls > again(n, k) + 2 * n) wrong++;
    }
  EXPECT("schedules that are not the best", wrong, 0);
  /* a million steps, ten states: 12.648 times each; 1 + r - binomial(k + r, r - 1) / n with r = 13, where binomial(k + r, k) first
   exceeds n */
  double d[2] = {0, 0};
  calls = 0;
  AD_DO(__nabla_autodiff_v((void *)f, nabla_dup, x, d, nabla_const, 1000000L, nabla_const, 10L), calls = 12648000);
  EXPECT("calls in 1e5", calls / 100000, 126);
  return chk_exit();
}
