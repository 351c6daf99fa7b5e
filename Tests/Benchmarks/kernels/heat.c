/* Explicit 2-D heat conduction with a conductivity field and a mild reaction,
 * by both fields. With HEAT_SWAP the two buffers swap roles by pointer each
 * step; without it the new field is copied back. */
#include "kernel.h"
static long N, STEPS;
static double *par, *target;
#define DT 0.1
static double conduct(long n, long steps, double dt, const double *restrict u0, const double *restrict kap, const double *restrict tgt) {
  double *a = malloc(sizeof(double) * (size_t)(n * n)), *b = malloc(sizeof(double) * (size_t)(n * n));
  for (long i = 0; i < n * n; i++) { a[i] = u0[i]; b[i] = u0[i]; }
  for (long s = 0; s < steps; s++) {
    for (long i = 1; i + 1 < n; i++)
      for (long j = 1; j + 1 < n; j++) {
        long x = i * n + j;
        double c = a[x], k = kap[x];
        double flow = (k + kap[x - 1]) * (a[x - 1] - c) + (k + kap[x + 1]) * (a[x + 1] - c) +
                    (k + kap[x - n]) * (a[x - n] - c) + (k + kap[x + n]) * (a[x + n] - c);
        b[x] = c + dt * (0.5 * flow + 0.1 * c * (1.0 - c));
      }
#ifdef HEAT_SWAP
    double *t = a; a = b; b = t;
#else
    for (long i = 0; i < n * n; i++) a[i] = b[i];
#endif
  }
  double e = 0.0;
  for (long i = 0; i < n * n; i++) { double d = a[i] - tgt[i]; e += 0.5 * d * d; }
  free(a); free(b);
  return e;
}
static double bench_f(const double *x) { return conduct(N, STEPS, DT, x, x + N * N, target); }
long bench_default_size(void) { return 50; }
long bench_setup(long size) {
  uint64_t s = 273;
  N = 64; STEPS = size;
  par = bench_fill(&s, 2 * N * N, 0.1, 1.0);
  target = bench_fill(&s, N * N, 0, 1);
  return 2 * N * N;
}
double *bench_x(void) { return par; }
double bench_primal(void) { return bench_f(par); }
void bench_gradient(double *g) {
  long m = N * N;
  double dt = DT;
  (void)dt;
  memset(g, 0, sizeof(double) * (size_t)(2 * m));
  IF_REVERSE(REVERSE((void *)conduct, AD(const), N, AD(const), STEPS, AD(const), dt,
                         AD(dup), par, g, AD(dup), par + m, g + m, AD(const), target);)
}
double bench_jvp(const double *v) {
  long m = N * N;
  double dt = DT;
  (void)dt; (void)m; (void)v;
  IF_FORWARD(return FORWARD((void *)conduct, AD(const), N, AD(const), STEPS, AD(const), dt,
                         AD(dup), par, v, AD(dup), par + m, v + m, AD(const), target);)
}
int bench_manual(double *g) {
  long n = N, m = n * n;
  const double *kap = par + m;
  double *kb = g + m, dt = DT;
  double *tr = malloc(8 * (size_t)((STEPS + 1) * m)), *nb = malloc(8 * (size_t)m);
  memcpy(tr, par, 8 * (size_t)m);
  for (long s = 0; s < STEPS; s++) {
    const double *a = tr + s * m;
    double *b = tr + (s + 1) * m;
    memcpy(b, par, 8 * (size_t)m); /* the rim never changes */
    for (long i = 1; i + 1 < n; i++)
      for (long j = 1; j + 1 < n; j++) {
        long x = i * n + j;
        double c = a[x], k = kap[x];
        double flow = (k + kap[x - 1]) * (a[x - 1] - c) + (k + kap[x + 1]) * (a[x + 1] - c) +
                      (k + kap[x - n]) * (a[x - n] - c) + (k + kap[x + n]) * (a[x + n] - c);
        b[x] = c + dt * (0.5 * flow + 0.1 * c * (1 - c));
      }
  }
  memset(kb, 0, 8 * (size_t)m);
  double *ub = g, *w = calloc((size_t)m, 8); /* w: ub with a zero rim */
  for (long i = 0; i < m; i++) ub[i] = tr[STEPS * m + i] - target[i];
  for (long s = STEPS - 1; s >= 0; s--) {
    const double *a = tr + s * m;
    for (long i = 1; i + 1 < n; i++) memcpy(w + i * n + 1, ub + i * n + 1, 8 * (size_t)(n - 2));
    /* rim: each point touches one interior neighbour, which lies at x + d */
    for (long e = 0; e < 4; e++)
      for (long i = 1; i + 1 < n; i++) {
        long x = e == 0 ? i : e == 1 ? m - n + i : e == 2 ? i * n : i * n + n - 1;
        long y = x + (e == 0 ? n : e == 1 ? -n : e == 2 ? 1 : -1);
        ub[x] += 0.5 * dt * w[y] * (kap[x] + kap[y]);
        kb[x] += 0.5 * dt * w[y] * (a[x] - a[y]);
      }
    for (long i = 1; i + 1 < n; i++)
      for (long j = 1; j + 1 < n; j++) {
        long x = i * n + j;
        double k = kap[x], v = w[x], c = a[x];
        double de = w[x + 1] - v, dw = w[x - 1] - v, dn = w[x - n] - v, ds = w[x + n] - v;
        nb[x] = v * (1 + 0.1 * dt * (1 - 2 * c)) + 0.5 * dt * ((k + kap[x + 1]) * de + (k + kap[x - 1]) * dw +
                (k + kap[x - n]) * dn + (k + kap[x + n]) * ds);
        kb[x] -= 0.5 * dt * ((a[x + 1] - c) * de + (a[x - 1] - c) * dw + (a[x - n] - c) * dn + (a[x + n] - c) * ds);
      }
    for (long i = 1; i + 1 < n; i++) memcpy(ub + i * n + 1, nb + i * n + 1, 8 * (size_t)(n - 2));
  }
  free(w);
  free(tr); free(nb);
  return 1;
}
