/* A few steps of v = tanh(A v) with a sparse matrix in compressed rows, by its entries and the start vector. */
#include "kernel.h"
static long N, NNZ;
enum { STEPS = 4, PER_ROW = 8 };
static long *row;
static int *col;
static double *par, *wgt;
static double propagate(long n, long steps, const long *restrict start, const int *restrict column, const double *restrict a,
                        const double *restrict v0, const double *restrict w) {
  double *v = malloc(sizeof(double) * (size_t)n), *next = malloc(sizeof(double) * (size_t)n);
  for (long i = 0; i < n; i++) v[i] = v0[i];
  for (long s = 0; s < steps; s++) {
    for (long i = 0; i < n; i++) {
      double t = 0;
      for (long p = start[i]; p < start[i + 1]; p++) t += a[p] * v[column[p]];
      next[i] = tanh(t);
    }
    for (long i = 0; i < n; i++) v[i] = next[i];
  }
  double e = 0;
  for (long i = 0; i < n; i++) e += w[i] * v[i];
  free(v); free(next);
  return e;
}
long bench_default_size(void) { return 2000; }
long bench_setup(long size) {
  uint64_t s = 20231;
  N = size;
  row = malloc(sizeof(long) * (size_t)(N + 1));
  col = malloc(sizeof(int) * (size_t)(2 * N * PER_ROW));
  row[0] = 0;
  for (long i = 0; i < N; i++) { /* rows of uneven length */
    long len = 1 + (long)(bench_random(&s) >> 40) % (2 * PER_ROW - 1);
    for (long p = 0; p < len; p++) col[row[i] + p] = (int)((bench_random(&s) >> 33) % (uint64_t)N);
    row[i + 1] = row[i] + len;
  }
  NNZ = row[N];
  par = bench_fill(&s, NNZ + N, -0.5, 0.5);
  wgt = bench_fill(&s, N, -1, 1);
  return NNZ + N;
}
double *bench_x(void) { return par; }
double bench_primal(void) { return propagate(N, STEPS, row, col, par, par + NNZ, wgt); }
void bench_gradient(double *g) {
  long steps = STEPS;
  (void)steps;
  memset(g, 0, sizeof(double) * (size_t)(NNZ + N));
  IF_REVERSE(REVERSE((void *)propagate, AD(const), N, AD(const), steps, AD(const), row, AD(const), col,
                     AD(dup), par, g, AD(dup), par + NNZ, g + NNZ, AD(const), wgt);)
}
double bench_jvp(const double *d) {
  long steps = STEPS;
  (void)steps; (void)d;
  IF_FORWARD(return FORWARD((void *)propagate, AD(const), N, AD(const), steps, AD(const), row, AD(const), col,
                            AD(dup), par, d, AD(dup), par + NNZ, d + NNZ, AD(const), wgt);)
}
int bench_manual(double *g) {
  long n = N;
  const double *a = par;
  double *tr = malloc(sizeof(double) * (size_t)((STEPS + 1) * n)), *b = malloc(sizeof(double) * (size_t)n), *gv = g + NNZ;
  memcpy(tr, par + NNZ, sizeof(double) * (size_t)n);
  for (long s = 0; s < STEPS; s++)
    for (long i = 0; i < n; i++) {
      double t = 0;
      for (long p = row[i]; p < row[i + 1]; p++) t += a[p] * tr[s * n + col[p]];
      tr[(s + 1) * n + i] = tanh(t);
    }
  memset(g, 0, sizeof(double) * (size_t)NNZ);
  memcpy(gv, wgt, sizeof(double) * (size_t)n);
  for (long s = STEPS - 1; s >= 0; s--) {
    const double *v = tr + s * n, *y = v + n;
    for (long i = 0; i < n; i++) b[i] = gv[i] * (1 - y[i] * y[i]), gv[i] = 0;
    for (long i = 0; i < n; i++)
      for (long p = row[i]; p < row[i + 1]; p++) {
        g[p] += b[i] * v[col[p]];
        gv[col[p]] += b[i] * a[p];
      }
  }
  free(tr); free(b);
  return 1;
}
