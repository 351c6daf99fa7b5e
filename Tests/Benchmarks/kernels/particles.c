/* Particles in a box, soft pair forces over a neighbour list, leapfrog steps, by start positions and velocities. */
#include "kernel.h"
static long N, PAIRS;
enum { STEPS = 20 };
#define DT 0.05
#define CUT2 2.25
static int *list; /* pairs of particles */
static double *par, *goal;
static double simulate(long n, long steps, double dt, long pairs, const int *restrict near, const double *restrict x0,
                       const double *restrict v0, const double *restrict want) {
  double *x = malloc(sizeof(double) * (size_t)(3 * n)), *v = malloc(sizeof(double) * (size_t)(3 * n)), *f = malloc(sizeof(double) * (size_t)(3 * n));
  for (long i = 0; i < 3 * n; i++) { x[i] = x0[i]; v[i] = v0[i]; }
  for (long s = 0; s < steps; s++) {
    for (long i = 0; i < 3 * n; i++) f[i] = 0;
    for (long p = 0; p < pairs; p++) {
      long a = 3 * near[2 * p], b = 3 * near[2 * p + 1];
      double dx = x[a] - x[b], dy = x[a + 1] - x[b + 1], dz = x[a + 2] - x[b + 2];
      double r2 = dx * dx + dy * dy + dz * dz;
      if (r2 < CUT2) { /* the force vanishes smoothly at the cutoff */
        double q = CUT2 - r2, k = q * q;
        f[a] += k * dx; f[a + 1] += k * dy; f[a + 2] += k * dz;
        f[b] -= k * dx; f[b + 1] -= k * dy; f[b + 2] -= k * dz;
      }
    }
    for (long i = 0; i < 3 * n; i++) {
      v[i] += dt * f[i];
      x[i] += dt * v[i];
    }
  }
  double e = 0;
  for (long i = 0; i < 3 * n; i++) e += 0.5 * (x[i] - want[i]) * (x[i] - want[i]);
  free(x); free(v); free(f);
  return e;
}
long bench_default_size(void) { return 6; }
/* size = particles along an edge */
long bench_setup(long size) {
  uint64_t s = 777;
  N = size * size * size;
  par = malloc(sizeof(double) * (size_t)(6 * N));
  list = malloc(sizeof(int) * (size_t)(2 * N * 60));
  for (long i = 0; i < N; i++) {
    par[3 * i] = (double)(i % size) + bench_uniform(&s, -0.2, 0.2);
    par[3 * i + 1] = (double)(i / size % size) + bench_uniform(&s, -0.2, 0.2);
    par[3 * i + 2] = (double)(i / size / size) + bench_uniform(&s, -0.2, 0.2);
  }
  for (long i = 3 * N; i < 6 * N; i++) par[i] = bench_uniform(&s, -0.2, 0.2);
  PAIRS = 0;
  for (long i = 0; i < N; i++) /* a margin beyond the cutoff; the list is kept */
    for (long d = -2 * (size * size + size + 1); d < 0; d++) {
      long j = i + d;
      if (j < 0) continue;
      double r2 = 0;
      for (int k = 0; k < 3; k++) r2 += (par[3 * i + k] - par[3 * j + k]) * (par[3 * i + k] - par[3 * j + k]);
      if (r2 < 4.0) {
        list[2 * PAIRS] = (int)i;
        list[2 * PAIRS++ + 1] = (int)j;
      }
    }
  goal = bench_fill(&s, 3 * N, 0, (double)size);
  return 6 * N;
}
double *bench_x(void) { return par; }
double bench_primal(void) { return simulate(N, STEPS, DT, PAIRS, list, par, par + 3 * N, goal); }
void bench_gradient(double *g) {
  long steps = STEPS;
  double dt = DT;
  (void)steps; (void)dt;
  memset(g, 0, sizeof(double) * (size_t)(6 * N));
  IF_REVERSE(REVERSE((void *)simulate, AD(const), N, AD(const), steps, AD(const), dt, AD(const), PAIRS, AD(const), list,
                     AD(dup), par, g, AD(dup), par + 3 * N, g + 3 * N, AD(const), goal);)
}
double bench_jvp(const double *d) {
  long steps = STEPS;
  double dt = DT;
  (void)steps; (void)dt; (void)d;
  IF_FORWARD(return FORWARD((void *)simulate, AD(const), N, AD(const), steps, AD(const), dt, AD(const), PAIRS, AD(const), list,
                            AD(dup), par, d, AD(dup), par + 3 * N, d + 3 * N, AD(const), goal);)
}
int bench_manual(double *g) {
  long m = 3 * N;
  double *tr = malloc(sizeof(double) * (size_t)((STEPS + 1) * m)), *v = malloc(sizeof(double) * (size_t)m), *f = malloc(sizeof(double) * (size_t)m);
  double *xb = g, *vb = g + m, dt = DT;
  memcpy(tr, par, sizeof(double) * (size_t)m);
  memcpy(v, par + m, sizeof(double) * (size_t)m);
  for (long s = 0; s < STEPS; s++) {
    const double *x = tr + s * m;
    memset(f, 0, sizeof(double) * (size_t)m);
    for (long p = 0; p < PAIRS; p++) {
      long a = 3 * list[2 * p], b = 3 * list[2 * p + 1];
      double d[3], r2 = 0;
      for (int k = 0; k < 3; k++) d[k] = x[a + k] - x[b + k], r2 += d[k] * d[k];
      if (r2 >= CUT2) continue;
      double q = (CUT2 - r2) * (CUT2 - r2);
      for (int k = 0; k < 3; k++) f[a + k] += q * d[k], f[b + k] -= q * d[k];
    }
    for (long i = 0; i < m; i++) v[i] += dt * f[i], tr[(s + 1) * m + i] = x[i] + dt * v[i];
  }
  for (long i = 0; i < m; i++) xb[i] = tr[STEPS * m + i] - goal[i], vb[i] = 0;
  for (long s = STEPS - 1; s >= 0; s--) {
    const double *x = tr + s * m;
    for (long i = 0; i < m; i++) vb[i] += dt * xb[i], f[i] = dt * vb[i];
    for (long p = 0; p < PAIRS; p++) {
      long a = 3 * list[2 * p], b = 3 * list[2 * p + 1];
      double d[3], r2 = 0, dot = 0;
      for (int k = 0; k < 3; k++) d[k] = x[a + k] - x[b + k], r2 += d[k] * d[k];
      if (r2 >= CUT2) continue;
      double q = CUT2 - r2, l[3];
      for (int k = 0; k < 3; k++) l[k] = f[a + k] - f[b + k], dot += l[k] * d[k];
      for (int k = 0; k < 3; k++) {
        double t = q * q * l[k] - 4 * q * dot * d[k];
        xb[a + k] += t;
        xb[b + k] -= t;
      }
    }
  }
  free(tr); free(v); free(f);
  return 1;
}
