/* Many small nonlinear systems A u + u^3 / 3 = b, each solved by Newton's method with Gaussian elimination and
 * pivoting, until the residual is small; by all A and b. */
#include "kernel.h"
static long M;
enum { D = 6 };
static double *par, *wgt;
static void eliminate(double *j, double *r) { /* r = j^-1 r, j destroyed */
  for (int c = 0; c < D; c++) {
    int top = c;
    for (int i = c + 1; i < D; i++)
      if (fabs(j[i * D + c]) > fabs(j[top * D + c])) top = i;
    if (top != c) {
      for (int k = c; k < D; k++) { double t = j[c * D + k]; j[c * D + k] = j[top * D + k]; j[top * D + k] = t; }
      double t = r[c]; r[c] = r[top]; r[top] = t;
    }
    for (int i = c + 1; i < D; i++) {
      double f = j[i * D + c] / j[c * D + c];
      for (int k = c; k < D; k++) j[i * D + k] -= f * j[c * D + k];
      r[i] -= f * r[c];
    }
  }
  for (int i = D - 1; i >= 0; i--) {
    for (int k = i + 1; k < D; k++) r[i] -= j[i * D + k] * r[k];
    r[i] /= j[i * D + i];
  }
}
static void solve(const double *a, const double *b, double *u) {
  double j[D * D], r[D];
  for (int i = 0; i < D; i++) u[i] = 0;
  for (int it = 0; it < 50; it++) {
    double size = 0;
    for (int i = 0; i < D; i++) {
      r[i] = u[i] * u[i] * u[i] / 3 - b[i];
      for (int k = 0; k < D; k++) {
        j[i * D + k] = a[i * D + k];
        r[i] += a[i * D + k] * u[k];
      }
      j[i * D + i] += u[i] * u[i];
      size += r[i] * r[i];
    }
    eliminate(j, r);
    for (int i = 0; i < D; i++) u[i] -= r[i];
    if (size < 1e-20) break; /* one more step than needed, so that the derivative has converged too */
  }
}
static double all(long m, const double *restrict a, const double *restrict b, const double *restrict w) {
  double e = 0;
  for (long s = 0; s < m; s++) {
    double u[D];
    solve(a + s * D * D, b + s * D, u);
    for (int i = 0; i < D; i++) e += w[i] * u[i] * u[i];
  }
  return e;
}
long bench_default_size(void) { return 200; }
long bench_setup(long size) {
  uint64_t s = 61;
  M = size;
  par = bench_fill(&s, M * D * (D + 1), -1, 1);
  for (long q = 0; q < M; q++) /* regular, but not so dominant that no row is exchanged */
    for (int i = 0; i < D; i++) par[q * D * D + i * D + i] += 2.5;
  wgt = bench_fill(&s, D, 0.5, 1.5);
  return M * D * (D + 1);
}
double *bench_x(void) { return par; }
double bench_primal(void) { return all(M, par, par + M * D * D, wgt); }
void bench_gradient(double *g) {
  memset(g, 0, sizeof(double) * (size_t)(M * D * (D + 1)));
  IF_REVERSE(REVERSE((void *)all, AD(const), M, AD(dup), par, g, AD(dup), par + M * D * D, g + M * D * D, AD(const), wgt);)
}
double bench_jvp(const double *v) {
  (void)v;
  IF_FORWARD(return FORWARD((void *)all, AD(const), M, AD(dup), par, v, AD(dup), par + M * D * D, v + M * D * D, AD(const), wgt);)
}
/* by the implicit function theorem: one transposed solve a system */
int bench_manual(double *g) {
  for (long s = 0; s < M; s++) {
    const double *a = par + s * D * D;
    double u[D], j[D * D], l[D];
    solve(a, par + M * D * D + s * D, u);
    for (int i = 0; i < D; i++) {
      l[i] = 2 * wgt[i] * u[i];
      for (int k = 0; k < D; k++) j[i * D + k] = a[k * D + i] + (i == k ? u[i] * u[i] : 0);
    }
    eliminate(j, l);
    for (int i = 0; i < D; i++) {
      for (int k = 0; k < D; k++) g[s * D * D + i * D + k] = -l[i] * u[k];
      g[M * D * D + s * D + i] = l[i];
    }
  }
  return 1;
}
