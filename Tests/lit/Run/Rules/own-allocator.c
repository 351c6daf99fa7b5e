// RUN: %check %s
#include "check.h"
static _Alignas(16) char arena[4096];
static size_t used;
static int released;
__attribute__((noinline)) void *arena_alloc(int tag, size_t bytes) { void *p = arena + used; (void)tag; used += (bytes + 15) & ~(size_t)15; memset(p, 0, bytes); return p; }
__attribute__((noinline)) void arena_free(void *p) { (void)p; released++; }
void *__nabla_allocation_like_arena[4] = {(void *)arena_alloc, (void *)1, (void *)"-1", (void *)arena_free};
static double f(double *x, int n) {
  double *t = (double *)arena_alloc(7, n * sizeof *t), s = 0;
  for (int i = 0; i < n; i++) t[i] = x[i] * x[(i + 1) % n];
  for (int i = 0; i < n; i++) s += t[i] * t[i];
  arena_free(t);
  return s;
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7};
  for (int i = 0; i < 1; i++) {
    double d[3] = {0}, w[3];
    for (int k = 0; k < 3; k++) { double a = x[k], b = x[(k + 1) % 3], c = x[(k + 2) % 3]; w[k] = 2 * a * b * b + 2 * a * c * c; }
    AD_DO(__nabla_autodiff_v((void *)f, x, d, 3), memcpy(d, w, sizeof d));
    for (int k = 0; k < 3; k++) EXPECT("d", d[k], w[k]);
  }
  return chk_exit();
}
