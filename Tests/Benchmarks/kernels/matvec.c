/* Half the squared residual of a dense system, by all matrix entries and the
 * vector: memory-bound, no cache needed beyond the residual. */
#include "kernel.h"
static long M, N;
static double *par, *rhs;
static double residual(long m, long n, const double *restrict a, const double *restrict v, const double *restrict b) {
  double t = 0.0;
  for (long i = 0; i < m; i++) {
    double r = -b[i];
    for (long j = 0; j < n; j++) r += a[i * n + j] * v[j];
    t += 0.5 * r * r;
  }
  return t;
}
static double bench_f(const double *x) { return residual(M, N, x, x + M * N, rhs); }
long bench_default_size(void) { return 500; }
long bench_setup(long size) {
  uint64_t s = 4242;
  M = size; N = size;
  par = bench_fill(&s, M * N + N, -1, 1);
  rhs = bench_fill(&s, M, -1, 1);
  return M * N + N;
}
double *bench_x(void) { return par; }
double bench_primal(void) { return bench_f(par); }
void bench_gradient(double *g) {
  memset(g, 0, sizeof(double) * (size_t)(M * N + N));
  IF_REVERSE(REVERSE((void *)residual, AD(const), M, AD(const), N, AD(dup), par, g,
                         AD(dup), par + M * N, g + M * N, AD(const), rhs);)
}
double bench_jvp(const double *d) {
  (void)d;
  IF_FORWARD(return FORWARD((void *)residual, AD(const), M, AD(const), N, AD(dup), par, d,
                         AD(dup), par + M * N, d + M * N, AD(const), rhs);)
}
int bench_manual(double *g) {
  const double *a = par, *v = par + M * N;
  double *gv = g + M * N;
  memset(gv, 0, sizeof(double) * (size_t)N);
  for (long i = 0; i < M; i++) {
    double r = -rhs[i];
    for (long j = 0; j < N; j++) r += a[i * N + j] * v[j];
    for (long j = 0; j < N; j++) {
      g[i * N + j] = r * v[j];
      gv[j] += r * a[i * N + j];
    }
  }
  return 1;
}
