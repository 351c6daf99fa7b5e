/* Recursive radix-2 transform of a complex signal, then a weighted spectrum
 * energy. Recursion and buffers which change roles at each depth. */
#include "kernel.h"
static long N;
static double *sig, *wgt, *tcos, *tsin;
static void transform(double *re, double *im, double *sre, double *sim, long n, long step,
                      const double *tc, const double *ts) {
  if (n == 1) return;
  long h = n / 2;
  for (long i = 0; i < h; i++) {
    sre[i] = re[2 * i]; sim[i] = im[2 * i];
    sre[h + i] = re[2 * i + 1]; sim[h + i] = im[2 * i + 1];
  }
  transform(sre, sim, re, im, h, 2 * step, tc, ts);
  transform(sre + h, sim + h, re + h, im + h, h, 2 * step, tc, ts);
  for (long i = 0; i < h; i++) {
    double c = tc[i * step], s = ts[i * step];
    double a = c * sre[h + i] + s * sim[h + i];
    double b = c * sim[h + i] - s * sre[h + i];
    re[i] = sre[i] + a; im[i] = sim[i] + b;
    re[i + h] = sre[i] - a; im[i + h] = sim[i] - b;
  }
}
static double energy(long n, const double *restrict x, const double *tc, const double *ts, const double *w) {
  double *re = malloc(sizeof(double) * (size_t)(n)), *im = malloc(sizeof(double) * (size_t)(n)), *a = malloc(sizeof(double) * (size_t)(n)), *b = malloc(sizeof(double) * (size_t)(n));
  for (long i = 0; i < n; i++) { re[i] = x[i]; im[i] = x[n + i]; }
  transform(re, im, a, b, n, 1, tc, ts);
  double e = 0.0;
  for (long i = 0; i < n; i++) e += w[i] * (re[i] * re[i] + im[i] * im[i]);
  free(re); free(im); free(a); free(b);
  return e / (double)n;
}
static double bench_f(const double *x) { return energy(N, x, tcos, tsin, wgt); }
long bench_default_size(void) { return 4096; }
long bench_setup(long size) {
  uint64_t s = 31;
  N = 1;
  while (N < size) N *= 2;
  sig = bench_fill(&s, 2 * N, -1, 1);
  wgt = bench_fill(&s, N, 0, 1);
  tcos = bench_fill(&s, N, 0, 1);
  tsin = bench_fill(&s, N, 0, 1);
  for (long i = 0; i < N; i++) {
    double t = 6.283185307179586477 * (double)i / (double)N;
    tcos[i] = cos(t); tsin[i] = sin(t);
  }
  return 2 * N;
}
double *bench_x(void) { return sig; }
double bench_primal(void) { return bench_f(sig); }
void bench_gradient(double *g) {
  memset(g, 0, sizeof(double) * (size_t)(2 * N));
  IF_REVERSE(REVERSE((void *)energy, AD(const), N, AD(dup), sig, g, AD(const), tcos,
                         AD(const), tsin, AD(const), wgt);)
}
double bench_jvp(const double *v) {
  (void)v;
  IF_FORWARD(return FORWARD((void *)energy, AD(const), N, AD(dup), sig, v, AD(const), tcos,
                         AD(const), tsin, AD(const), wgt);)
}
int bench_manual(double *g) {
  /* with X = F x the gradient is 2/N * conj(F conj(w X)) */
  double *a = malloc(sizeof(double) * N), *b = malloc(sizeof(double) * N);
  double *re = g, *im = g + N;
  memcpy(g, sig, sizeof(double) * (size_t)(2 * N));
  transform(re, im, a, b, N, 1, tcos, tsin);
  for (long i = 0; i < N; i++) { double q = 2 * wgt[i] / (double)N; re[i] *= q; im[i] *= -q; }
  transform(re, im, a, b, N, 1, tcos, tsin);
  for (long i = 0; i < N; i++) im[i] = -im[i];
  free(a); free(b);
  return 1;
}
