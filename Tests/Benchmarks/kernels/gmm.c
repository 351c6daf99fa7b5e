/* Log-likelihood of a Gaussian mixture with triangular precision factors
 * (diagonal kept as logarithm) and a Wishart-like penalty. */
#include "kernel.h"
static long D, K, N;
static double *pts, *par;
static const double GAM = 0.7;
static const double MW = 2.0;

static double lse(long n, const double *v) {
  double top = v[0];
  for (long i = 1; i < n; i++)
    if (v[i] > top) top = v[i];
  double s = 0.0;
  for (long i = 0; i < n; i++) s += exp(v[i] - top);
  return top + log(s);
}
static double mixture(long d, long k, long n, const double *restrict logw, const double *restrict mu,
                    const double *restrict ldiag, const double *restrict low, const double *restrict x) {
  long tri = d * (d - 1) / 2;
  double *diag = malloc(sizeof(double) * (size_t)(k * d)), *base = malloc(sizeof(double) * (size_t)(k)), *term = malloc(sizeof(double) * (size_t)(k)), *c = malloc(sizeof(double) * (size_t)(d));
  double penalty = 0.0;
  for (long q = 0; q < k; q++) {
    double s = 0.0, fro = 0.0;
    for (long j = 0; j < d; j++) {
      s += ldiag[q * d + j];
      diag[q * d + j] = exp(ldiag[q * d + j]);
      fro += diag[q * d + j] * diag[q * d + j];
    }
    for (long t = 0; t < tri; t++) fro += low[q * tri + t] * low[q * tri + t];
    penalty += 0.5 * GAM * GAM * fro - MW * s;
    base[q] = logw[q] + s;
  }
  double total = 0.0;
  for (long i = 0; i < n; i++) {
    for (long q = 0; q < k; q++) {
      for (long j = 0; j < d; j++) c[j] = x[i * d + j] - mu[q * d + j];
#ifdef GMM_POINTER_WALK
      const double *row = low + q * tri;
#endif
      double maha = 0.0;
      for (long r = 0; r < d; r++) {
        double y = diag[q * d + r] * c[r];
#ifdef GMM_POINTER_WALK
        for (long s = 0; s < r; s++) y += row[s] * c[s];
        row += r;
#else
        for (long s = 0; s < r; s++) y += low[q * tri + r * (r - 1) / 2 + s] * c[s];
#endif
        maha += y * y;
      }
      term[q] = base[q] - 0.5 * maha;
    }
    total += lse(k, term);
  }
  double norm = lse(k, logw);
  double out = total - (double)n * norm + penalty;
  free(diag); free(base); free(term); free(c);
  return out;
}
static double bench_f(const double *p) {
  return mixture(D, K, N, p, p + K, p + K + K * D, p + K + 2 * K * D, pts);
}
long bench_default_size(void) { return 1000; }
/* size = points + 1000000*d + 100000000*k when large, else d=10, k=10 */
long bench_setup(long size) {
  uint64_t s = 1234567;
  D = 10; K = 10; N = size;
  if (size >= 1000000) { N = size % 1000000; D = size / 1000000 % 100; K = size / 100000000; }
  pts = bench_fill(&s, N * D, -2, 2);
  long n = K + 2 * K * D + K * D * (D - 1) / 2;
  par = bench_fill(&s, n, -0.5, 0.5);
  return n;
}
double *bench_x(void) { return par; }
double bench_primal(void) { return bench_f(par); }
void bench_gradient(double *g) {
  memset(g, 0, sizeof(double) * (size_t)(K + 2 * K * D + K * D * (D - 1) / 2));
  double *p = par;
  (void)p;
  IF_REVERSE(REVERSE((void *)mixture, AD(const), D, AD(const), K, AD(const), N,
                         AD(dup), p, g, AD(dup), p + K, g + K,
                         AD(dup), p + K + K * D, g + K + K * D,
                         AD(dup), p + K + 2 * K * D, g + K + 2 * K * D, AD(const), pts);)
}
double bench_jvp(const double *v) {
  double *p = par;
  (void)p; (void)v;
  IF_FORWARD(return FORWARD((void *)mixture, AD(const), D, AD(const), K, AD(const), N,
                         AD(dup), p, v, AD(dup), p + K, v + K,
                         AD(dup), p + K + K * D, v + K + K * D,
                         AD(dup), p + K + 2 * K * D, v + K + 2 * K * D, AD(const), pts);)
}
int bench_manual(double *g) {
  long d = D, k = K, n = N, tri = d * (d - 1) / 2;
  const double *logw = par, *mu = par + k, *ld = mu + k * d, *low = ld + k * d;
  double *gw = g, *gm = g + k, *gl = gm + k * d, *go = gl + k * d;
  memset(g, 0, sizeof(double) * (size_t)(k + 2 * k * d + k * tri));
  double *diag = malloc(sizeof(double) * k * d), *base = malloc(sizeof(double) * k),
         *term = malloc(sizeof(double) * k), *c = malloc(sizeof(double) * k * d),
         *y = malloc(sizeof(double) * k * d);
  for (long q = 0; q < k; q++) {
    base[q] = logw[q];
    for (long j = 0; j < d; j++) {
      double e = exp(ld[q * d + j]);
      diag[q * d + j] = e;
      base[q] += ld[q * d + j];
      gl[q * d + j] = GAM * GAM * e * e - MW;
    }
    for (long t = 0; t < tri; t++) go[q * tri + t] = GAM * GAM * low[q * tri + t];
  }
  for (long i = 0; i < n; i++) {
    double top = -INFINITY, s = 0;
    for (long q = 0; q < k; q++) {
      double *cq = c + q * d, *yq = y + q * d, maha = 0;
      const double *row = low + q * tri;
      for (long j = 0; j < d; j++) cq[j] = pts[i * d + j] - mu[q * d + j];
      for (long r = 0; r < d; r++) {
        double v = diag[q * d + r] * cq[r];
        for (long t = 0; t < r; t++) v += row[t] * cq[t];
        row += r;
        yq[r] = v;
        maha += v * v;
      }
      term[q] = base[q] - 0.5 * maha;
      if (term[q] > top) top = term[q];
    }
    for (long q = 0; q < k; q++) s += term[q] = exp(term[q] - top);
    for (long q = 0; q < k; q++) {
      double w = term[q] / s, *cq = c + q * d, *yq = y + q * d;
      const double *row = low + q * tri;
      double *grow = go + q * tri;
      gw[q] += w;
      for (long r = 0; r < d; r++) {
        double wy = w * yq[r];
        gl[q * d + r] += w - wy * diag[q * d + r] * cq[r];
        gm[q * d + r] += wy * diag[q * d + r];
        for (long t = 0; t < r; t++) {
          grow[t] -= wy * cq[t];
          gm[q * d + t] += wy * row[t];
        }
        row += r;
        grow += r;
      }
    }
  }
  double top = -INFINITY, s = 0;
  for (long q = 0; q < k; q++) if (logw[q] > top) top = logw[q];
  for (long q = 0; q < k; q++) s += exp(logw[q] - top);
  for (long q = 0; q < k; q++) gw[q] -= (double)n * exp(logw[q] - top) / s;
  free(diag); free(base); free(term); free(c); free(y);
  return 1;
}
