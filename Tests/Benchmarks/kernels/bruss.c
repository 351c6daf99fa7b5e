/* Brusselator reaction-diffusion on a periodic square, classical Runge-Kutta
 * in time; half the squared final state, by initial state and 3 parameters. */
#include "kernel.h"
static long N, STEPS;
static double *par;
#define DT 2e-4
static void rate(long n, const double *restrict s, double *restrict d, const double *restrict prm) {
  const double *u = s, *v = s + n * n;
  double *du = d, *dv = d + n * n;
  double h2 = (double)n * (double)n;
  double a = prm[0], b = prm[1], k = prm[2] * h2;
  for (long i = 0; i < n; i++) {
    long up = (i ? i - 1 : n - 1) * n, dn = (i + 1 < n ? i + 1 : 0) * n, me = i * n;
    for (long j = 0; j < n; j++) {
      long l = j ? j - 1 : n - 1, r = j + 1 < n ? j + 1 : 0;
      double cu = u[me + j], cv = v[me + j];
      double react = cu * cu * cv;
      du[me + j] = b + react - (a + 1.0) * cu + k * (u[up + j] + u[dn + j] + u[me + l] + u[me + r] - 4.0 * cu);
      dv[me + j] = a * cu - react + k * (v[up + j] + v[dn + j] + v[me + l] + v[me + r] - 4.0 * cv);
    }
  }
}
static double march(long n, long steps, double dt, const double *restrict s0, const double *restrict prm) {
  long m = 2 * n * n;
  double *s = malloc(sizeof(double) * (size_t)(m)), *t = malloc(sizeof(double) * (size_t)(m)), *k1 = malloc(sizeof(double) * (size_t)(m)), *k2 = malloc(sizeof(double) * (size_t)(m)), *k3 = malloc(sizeof(double) * (size_t)(m)), *k4 = malloc(sizeof(double) * (size_t)(m));
  for (long i = 0; i < m; i++) s[i] = s0[i];
  for (long q = 0; q < steps; q++) {
    rate(n, s, k1, prm);
    for (long i = 0; i < m; i++) t[i] = s[i] + 0.5 * dt * k1[i];
    rate(n, t, k2, prm);
    for (long i = 0; i < m; i++) t[i] = s[i] + 0.5 * dt * k2[i];
    rate(n, t, k3, prm);
    for (long i = 0; i < m; i++) t[i] = s[i] + dt * k3[i];
    rate(n, t, k4, prm);
    for (long i = 0; i < m; i++) s[i] += dt / 6.0 * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]);
  }
  double e = 0.0;
  for (long i = 0; i < m; i++) e += 0.5 * s[i] * s[i];
  free(s); free(t); free(k1); free(k2); free(k3); free(k4);
  return e;
}
static double bench_f(const double *x) { return march(N, STEPS, DT, x, x + 2 * N * N); }
long bench_default_size(void) { return 20; }
long bench_setup(long size) {
  uint64_t s = 8080;
  N = 32; STEPS = size;
  long n = 2 * N * N + 3;
  par = bench_fill(&s, n, 0.5, 2.5);
  par[n - 3] = 3.4; par[n - 2] = 1.0; par[n - 1] = 0.02;
  return n;
}
double *bench_x(void) { return par; }
double bench_primal(void) { return bench_f(par); }
void bench_gradient(double *g) {
  long m = 2 * N * N;
  double dt = DT;
  (void)dt;
  memset(g, 0, sizeof(double) * (size_t)(m + 3));
  IF_REVERSE(REVERSE((void *)march, AD(const), N, AD(const), STEPS, AD(const), dt,
                         AD(dup), par, g, AD(dup), par + m, g + m);)
}
double bench_jvp(const double *v) {
  long m = 2 * N * N;
  double dt = DT;
  (void)dt; (void)m; (void)v;
  IF_FORWARD(return FORWARD((void *)march, AD(const), N, AD(const), STEPS, AD(const), dt,
                         AD(dup), par, v, AD(dup), par + m, v + m);)
}
/* sb += (d rate / d s)^T db, pb += (d rate / d prm)^T db */
static void rate_back(long n, const double *s, const double *db, double *sb, const double *prm, double *pb) {
  const double *u = s, *v = s + n * n, *dub = db, *dvb = db + n * n;
  double *ub = sb, *vb = sb + n * n, h2 = (double)n * (double)n, k = prm[2] * h2, a = prm[0];
  double pa = 0, pbb = 0, pk = 0;
  for (long i = 0; i < n; i++) {
    long up = (i ? i - 1 : n - 1) * n, dn = (i + 1 < n ? i + 1 : 0) * n, me = i * n;
    for (long j = 0; j < n; j++) {
      long l = j ? j - 1 : n - 1, r = j + 1 < n ? j + 1 : 0, x = me + j;
      double cu = u[x], cv = v[x], du = dub[x], dv = dvb[x], rb = du - dv;
      /* the five-point operator is its own transpose */
      ub[x] += 2 * cu * cv * rb - (a + 1) * du + a * dv + k * (dub[up + j] + dub[dn + j] + dub[me + l] + dub[me + r] - 4 * du);
      vb[x] += cu * cu * rb + k * (dvb[up + j] + dvb[dn + j] + dvb[me + l] + dvb[me + r] - 4 * dv);
      pa += cu * (dv - du);
      pbb += du;
      pk += du * (u[up + j] + u[dn + j] + u[me + l] + u[me + r] - 4 * cu) + dv * (v[up + j] + v[dn + j] + v[me + l] + v[me + r] - 4 * cv);
    }
  }
  pb[0] += pa; pb[1] += pbb; pb[2] += h2 * pk;
}
int bench_manual(double *g) {
  long n = N, m = 2 * n * n;
  const double *prm = par + m;
  double *traj = malloc(8 * (size_t)((STEPS + 1) * m)), *w = malloc(8 * (size_t)(12 * m));
  double *k1 = w, *k2 = w + m, *k3 = w + 2 * m, *k4 = w + 3 * m, *t2 = w + 4 * m, *t3 = w + 5 * m, *t4 = w + 6 * m;
  double *kb = w + 7 * m, *tb = w + 8 * m, *k1b = w + 9 * m, *k2b = w + 10 * m, *k3b = w + 11 * m;
  double *sb = g, *pb = g + m, dt = DT;
  memcpy(traj, par, 8 * (size_t)m);
  for (long q = 0; q < STEPS; q++) {
    const double *s = traj + q * m;
    double *o = traj + (q + 1) * m;
    rate(n, s, k1, prm);
    for (long i = 0; i < m; i++) t2[i] = s[i] + 0.5 * dt * k1[i];
    rate(n, t2, k2, prm);
    for (long i = 0; i < m; i++) t3[i] = s[i] + 0.5 * dt * k2[i];
    rate(n, t3, k3, prm);
    for (long i = 0; i < m; i++) t4[i] = s[i] + dt * k3[i];
    rate(n, t4, k4, prm);
    for (long i = 0; i < m; i++) o[i] = s[i] + dt / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
  }
  memcpy(sb, traj + STEPS * m, 8 * (size_t)m);
  memset(pb, 0, 24);
  for (long q = STEPS - 1; q >= 0; q--) {
    const double *s = traj + q * m;
    rate(n, s, k1, prm);
    for (long i = 0; i < m; i++) t2[i] = s[i] + 0.5 * dt * k1[i];
    rate(n, t2, k2, prm);
    for (long i = 0; i < m; i++) t3[i] = s[i] + 0.5 * dt * k2[i];
    rate(n, t3, k3, prm);
    for (long i = 0; i < m; i++) {
      t4[i] = s[i] + dt * k3[i];
      kb[i] = dt / 6 * sb[i]; k3b[i] = dt / 3 * sb[i]; k2b[i] = dt / 3 * sb[i]; k1b[i] = dt / 6 * sb[i];
    }
    memset(tb, 0, 8 * (size_t)m);
    rate_back(n, t4, kb, tb, prm, pb);
    for (long i = 0; i < m; i++) { sb[i] += tb[i]; k3b[i] += dt * tb[i]; tb[i] = 0; }
    rate_back(n, t3, k3b, tb, prm, pb);
    for (long i = 0; i < m; i++) { sb[i] += tb[i]; k2b[i] += 0.5 * dt * tb[i]; tb[i] = 0; }
    rate_back(n, t2, k2b, tb, prm, pb);
    for (long i = 0; i < m; i++) { sb[i] += tb[i]; k1b[i] += 0.5 * dt * tb[i]; }
    rate_back(n, s, k1b, sb, prm, pb);
  }
  free(traj); free(w);
  return 1;
}
