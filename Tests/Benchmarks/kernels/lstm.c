/* One dense LSTM cell run over a sequence; half squared distance of the hidden
 * state to targets. State buffers are overwritten at every step. */
#include "kernel.h"
static long H, I, T;
static double *par, *seq, *want;
static double squash(double a) { return 1.0 / (1.0 + exp(-a)); }
static double sequence_loss(long nh, long ni, long nt, const double *restrict w, const double *restrict b,
                          const double *restrict in, const double *restrict target) {
  long nz = ni + nh;
  double *h = malloc(sizeof(double) * (size_t)(nh)), *c = malloc(sizeof(double) * (size_t)(nh)), *z = malloc(sizeof(double) * (size_t)(4 * nh));
  double loss = 0.0;
  for (long i = 0; i < nh; i++) { h[i] = 0.0; c[i] = 0.0; }
  for (long t = 0; t < nt; t++) {
    for (long r = 0; r < 4 * nh; r++) {
      double a = b[r];
      const double *row = w + r * nz;
      for (long j = 0; j < ni; j++) a += row[j] * in[t * ni + j];
      for (long j = 0; j < nh; j++) a += row[ni + j] * h[j];
      z[r] = a;
    }
    for (long i = 0; i < nh; i++) {
      double fg = squash(z[i]), ig = squash(z[nh + i]), og = squash(z[2 * nh + i]), cand = tanh(z[3 * nh + i]);
      c[i] = fg * c[i] + ig * cand;
      h[i] = og * tanh(c[i]);
      double d = h[i] - target[t * nh + i];
      loss += 0.5 * d * d;
    }
  }
  free(h); free(c); free(z);
  return loss;
}
static double bench_f(const double *x) { return sequence_loss(H, I, T, x, x + 4 * H * (H + I), seq, want); }
long bench_default_size(void) { return 100; }
long bench_setup(long size) {
  uint64_t s = 5150;
  T = size; H = 32; I = 16;
  long n = 4 * H * (H + I) + 4 * H;
  par = bench_fill(&s, n, -0.4, 0.4);
  seq = bench_fill(&s, T * I, -1, 1);
  want = bench_fill(&s, T * H, -1, 1);
  return n;
}
double *bench_x(void) { return par; }
double bench_primal(void) { return bench_f(par); }
void bench_gradient(double *g) {
  long m = 4 * H * (H + I);
  memset(g, 0, sizeof(double) * (size_t)(m + 4 * H));
  IF_REVERSE(REVERSE((void *)sequence_loss, AD(const), H, AD(const), I, AD(const), T,
                         AD(dup), par, g, AD(dup), par + m, g + m, AD(const), seq, AD(const), want);)
}
double bench_jvp(const double *v) {
  long m = 4 * H * (H + I);
  (void)v; (void)m;
  IF_FORWARD(return FORWARD((void *)sequence_loss, AD(const), H, AD(const), I, AD(const), T,
                         AD(dup), par, v, AD(dup), par + m, v + m, AD(const), seq, AD(const), want);)
}
int bench_manual(double *g) {
  long nh = H, ni = I, nt = T, nz = ni + nh;
  const double *w = par, *b = par + 4 * nh * nz;
  double *gw = g, *gb = g + 4 * nh * nz;
  memset(g, 0, sizeof(double) * (size_t)(4 * nh * nz + 4 * nh));
  double *hs = calloc((size_t)((nt + 1) * nh), 8), *cs = calloc((size_t)((nt + 1) * nh), 8);
  double *gate = malloc(8 * (size_t)(nt * 4 * nh)), *tc = malloc(8 * (size_t)(nt * nh));
  for (long t = 0; t < nt; t++) {
    double *a = gate + t * 4 * nh;
    const double *hp = hs + t * nh;
    for (long r = 0; r < 4 * nh; r++) {
      double q = b[r];
      const double *row = w + r * nz;
      for (long j = 0; j < ni; j++) q += row[j] * seq[t * ni + j];
      for (long j = 0; j < nh; j++) q += row[ni + j] * hp[j];
      a[r] = r < 3 * nh ? 1 / (1 + exp(-q)) : tanh(q);
    }
    for (long i = 0; i < nh; i++) {
      double c = a[i] * cs[t * nh + i] + a[nh + i] * a[3 * nh + i];
      cs[(t + 1) * nh + i] = c;
      tc[t * nh + i] = tanh(c);
      hs[(t + 1) * nh + i] = a[2 * nh + i] * tc[t * nh + i];
    }
  }
  double *hb = calloc((size_t)nh, 8), *cb = calloc((size_t)nh, 8), *zb = malloc(8 * (size_t)(4 * nh));
  for (long t = nt - 1; t >= 0; t--) {
    const double *a = gate + t * 4 * nh, *hp = hs + t * nh;
    for (long i = 0; i < nh; i++) {
      double fg = a[i], ig = a[nh + i], og = a[2 * nh + i], cd = a[3 * nh + i], th = tc[t * nh + i];
      double hd = hb[i] + hs[(t + 1) * nh + i] - want[t * nh + i];
      double cd_b = cb[i] + hd * og * (1 - th * th);
      zb[i] = cd_b * cs[t * nh + i] * fg * (1 - fg);
      zb[nh + i] = cd_b * cd * ig * (1 - ig);
      zb[2 * nh + i] = hd * th * og * (1 - og);
      zb[3 * nh + i] = cd_b * ig * (1 - cd * cd);
      cb[i] = cd_b * fg;
      hb[i] = 0;
    }
    for (long r = 0; r < 4 * nh; r++) {
      double q = zb[r];
      const double *row = w + r * nz;
      double *grow = gw + r * nz;
      gb[r] += q;
      for (long j = 0; j < ni; j++) grow[j] += q * seq[t * ni + j];
      for (long j = 0; j < nh; j++) { grow[ni + j] += q * hp[j]; hb[j] += q * row[ni + j]; }
    }
  }
  free(hs); free(cs); free(gate); free(tc); free(hb); free(cb); free(zb);
  return 1;
}
