#include "peer.h"

static adouble lse(long n, const adouble *v) {
  adouble top = v[0];
  for (long i = 1; i < n; i++)
    if (v[i] > top) top = v[i];
  adouble s = 0.0;
  for (long i = 0; i < n; i++) s += exp(v[i] - top);
  return top + log(s);
}

static adouble mixture(long d, long k, long n, const adouble *logw, const double *x) {
  const double gamma = 0.7, wishart = 2.0;
  const adouble *mu = logw + k, *ldiag = mu + k * d, *low = ldiag + k * d;
  long tri = d * (d - 1) / 2;
  std::vector<adouble> diag(k * d), base(k), term(k), c(d);
  adouble penalty = 0.0, total = 0.0;
  for (long q = 0; q < k; q++) {
    adouble s = 0.0, fro = 0.0;
    for (long j = 0; j < d; j++) {
      s += ldiag[q * d + j];
      diag[q * d + j] = exp(ldiag[q * d + j]);
      fro += diag[q * d + j] * diag[q * d + j];
    }
    for (long t = 0; t < tri; t++) fro += low[q * tri + t] * low[q * tri + t];
    penalty += 0.5 * gamma * gamma * fro - wishart * s;
    base[q] = logw[q] + s;
  }
  for (long i = 0; i < n; i++) {
    for (long q = 0; q < k; q++) {
      for (long j = 0; j < d; j++) c[j] = x[i * d + j] - mu[q * d + j];
      adouble maha = 0.0;
      for (long r = 0; r < d; r++) {
        adouble y = diag[q * d + r] * c[r];
        for (long s = 0; s < r; s++) y += low[q * tri + r * (r - 1) / 2 + s] * c[s];
        maha += y * y;
      }
      term[q] = base[q] - 0.5 * maha;
    }
    total += lse(k, term.data());
  }
  return total - (double)n * lse(k, logw) + penalty;
}

extern "C" void bench_gradient(double *g) {
  static double *points;
  long d = 10, k = 10, n = bench_size;
  if (!points) {
    uint64_t s = 1234567; /* the kernel's numbers begin with the points */
    points = bench_fill(&s, n * d, -2, 2);
  }
  adolc_gradient(bench_inputs, g, [&](const adouble *p) { return mixture(d, k, n, p, points); });
}
