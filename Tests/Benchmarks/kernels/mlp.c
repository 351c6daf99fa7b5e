/* Dense network, tanh hidden layers, softmax cross-entropy over a batch. */
#include "kernel.h"
#define LAYERS 3
static long B, width[LAYERS + 1] = {64, 96, 48, 10};
static double *par, *data;
static long *label;
static double batch_loss(long batch, const long *restrict wd, const double *restrict p, const double *restrict in, const long *restrict lab) {
  long most = 0;
  for (long l = 0; l <= LAYERS; l++) if (wd[l] > most) most = wd[l];
  double *a = malloc(sizeof(double) * (size_t)(most)), *z = malloc(sizeof(double) * (size_t)(most));
  double loss = 0.0;
  for (long s = 0; s < batch; s++) {
    for (long j = 0; j < wd[0]; j++) a[j] = in[s * wd[0] + j];
    const double *q = p;
    for (long l = 0; l < LAYERS; l++) {
      long m = wd[l + 1], n = wd[l];
      for (long i = 0; i < m; i++) {
        double t = q[m * n + i];
        for (long j = 0; j < n; j++) t += q[i * n + j] * a[j];
        z[i] = t;
      }
      q += m * n + m;
      if (l + 1 < LAYERS) { for (long i = 0; i < m; i++) a[i] = tanh(z[i]); }
      else { for (long i = 0; i < m; i++) a[i] = z[i]; }
    }
    long m = wd[LAYERS];
    double top = a[0], t = 0.0;
    for (long i = 1; i < m; i++) if (a[i] > top) top = a[i];
    for (long i = 0; i < m; i++) t += exp(a[i] - top);
    loss += log(t) + top - a[lab[s]];
  }
  free(a); free(z);
  return loss / (double)batch;
}
static long count_params(void) {
  long n = 0;
  for (long l = 0; l < LAYERS; l++) n += width[l + 1] * (width[l] + 1);
  return n;
}
static double bench_f(const double *x) { return batch_loss(B, width, x, data, label); }
long bench_default_size(void) { return 64; }
long bench_setup(long size) {
  uint64_t s = 60000;
  B = size;
  long n = count_params();
  par = bench_fill(&s, n, -0.2, 0.2);
  data = bench_fill(&s, B * width[0], 0, 1);
  label = (long *)malloc(sizeof(long) * (size_t)B);
  for (long i = 0; i < B; i++) label[i] = (long)bench_uniform(&s, 0, (double)width[LAYERS]);
  return n;
}
double *bench_x(void) { return par; }
double bench_primal(void) { return bench_f(par); }
void bench_gradient(double *g) {
  memset(g, 0, sizeof(double) * (size_t)count_params());
  IF_REVERSE(REVERSE((void *)batch_loss, AD(const), B, AD(const), width, AD(dup), par, g,
                         AD(const), data, AD(const), label);)
}
double bench_jvp(const double *v) {
  (void)v;
  IF_FORWARD(return FORWARD((void *)batch_loss, AD(const), B, AD(const), width, AD(dup), par, v,
                         AD(const), data, AD(const), label);)
}
int bench_manual(double *g) {
  memset(g, 0, sizeof(double) * (size_t)count_params());
  long off[LAYERS + 1] = {0}, poff[LAYERS + 1] = {0}, most = 0;
  for (long l = 0; l < LAYERS; l++) {
    off[l + 1] = off[l] + width[l];
    poff[l + 1] = poff[l] + width[l + 1] * (width[l] + 1);
  }
  for (long l = 0; l <= LAYERS; l++) if (width[l] > most) most = width[l];
  double *act = malloc(8 * (size_t)(off[LAYERS] + width[LAYERS])), *d = malloc(8 * (size_t)most), *e = malloc(8 * (size_t)most);
  for (long s = 0; s < B; s++) {
    memcpy(act, data + s * width[0], 8 * (size_t)width[0]);
    for (long l = 0; l < LAYERS; l++) {
      long m = width[l + 1], n = width[l];
      const double *q = par + poff[l], *x = act + off[l];
      double *y = act + off[l + 1];
      for (long i = 0; i < m; i++) {
        double t = q[m * n + i];
        for (long j = 0; j < n; j++) t += q[i * n + j] * x[j];
        y[i] = l + 1 < LAYERS ? tanh(t) : t;
      }
    }
    long m = width[LAYERS];
    double *y = act + off[LAYERS], top = y[0], t = 0;
    for (long i = 1; i < m; i++) top = y[i] > top ? y[i] : top;
    for (long i = 0; i < m; i++) t += d[i] = exp(y[i] - top);
    for (long i = 0; i < m; i++) d[i] = d[i] / t / (double)B;
    d[label[s]] -= 1 / (double)B;
    for (long l = LAYERS - 1; l >= 0; l--) {
      long mm = width[l + 1], n = width[l];
      const double *q = par + poff[l], *x = act + off[l];
      double *gq = g + poff[l];
      memset(e, 0, 8 * (size_t)n);
      for (long i = 0; i < mm; i++) {
        gq[mm * n + i] += d[i];
        for (long j = 0; j < n; j++) { gq[i * n + j] += d[i] * x[j]; e[j] += d[i] * q[i * n + j]; }
      }
      if (l) for (long j = 0; j < n; j++) d[j] = e[j] * (1 - x[j] * x[j]);
    }
  }
  free(act); free(d); free(e);
  return 1;
}
