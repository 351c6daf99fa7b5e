/* Inputs and hand-written gradient of the C++ kernels vector.cpp and eigen.cpp: half the squared error of a residual
 * net, x <- x + tanh(W x + b) / layers, over a few samples, by all W and b. */
#include "kernel.h"
enum { WIDTH = 32, SAMPLES = 8 };
static long layers;
static double *par, *inputs, *targets;
static double loss(long depth, const double *p, const double *in, const double *want);

extern "C" {
long bench_default_size(void) { return 4; }
long bench_setup(long size) {
  uint64_t s = 31415;
  layers = size;
  long n = layers * WIDTH * (WIDTH + 1);
  par = bench_fill(&s, n, -0.3, 0.3);
  inputs = bench_fill(&s, SAMPLES * WIDTH, -1, 1);
  targets = bench_fill(&s, SAMPLES * WIDTH, -1, 1);
  return n;
}
double *bench_x(void) { return par; }
double bench_primal(void) { return loss(layers, par, inputs, targets); }
void bench_gradient(double *g) {
  memset(g, 0, sizeof(double) * (size_t)(layers * WIDTH * (WIDTH + 1)));
  IF_REVERSE(REVERSE((void *)loss, AD(const), layers, AD(dup), par, g, AD(const), inputs, AD(const), targets);)
}
double bench_jvp(const double *v) {
  (void)v;
  IF_FORWARD(return FORWARD((void *)loss, AD(const), layers, AD(dup), par, v, AD(const), inputs, AD(const), targets);)
}
int bench_manual(double *g) {
  long n = WIDTH;
  double *x = (double *)malloc(sizeof(double) * (size_t)((layers + 1) * n)), *t = (double *)malloc(sizeof(double) * (size_t)(layers * n));
  double xb[WIDTH], zb[WIDTH], scale = 1.0 / (double)layers;
  memset(g, 0, sizeof(double) * (size_t)(layers * n * (n + 1)));
  for (long s = 0; s < SAMPLES; s++) {
    memcpy(x, inputs + s * n, sizeof xb);
    for (long l = 0; l < layers; l++) {
      const double *w = par + l * n * (n + 1), *b = w + n * n;
      for (long i = 0; i < n; i++) {
        double z = b[i];
        for (long j = 0; j < n; j++) z += w[i * n + j] * x[l * n + j];
        t[l * n + i] = tanh(z);
        x[(l + 1) * n + i] = x[l * n + i] + scale * t[l * n + i];
      }
    }
    for (long i = 0; i < n; i++) xb[i] = x[layers * n + i] - targets[s * n + i];
    for (long l = layers - 1; l >= 0; l--) {
      const double *w = par + l * n * (n + 1);
      double *wb = g + l * n * (n + 1), *bb = wb + n * n;
      for (long i = 0; i < n; i++) zb[i] = scale * xb[i] * (1 - t[l * n + i] * t[l * n + i]);
      for (long i = 0; i < n; i++) {
        bb[i] += zb[i];
        for (long j = 0; j < n; j++) {
          wb[i * n + j] += zb[i] * x[l * n + j];
          xb[j] += w[i * n + j] * zb[i];
        }
      }
    }
  }
  free(x); free(t);
  return 1;
}
}
