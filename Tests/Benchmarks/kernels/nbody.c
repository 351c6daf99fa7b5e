/* Softened gravitational potential of N bodies, by positions (minus forces). */
#include "kernel.h"
static long N;
static double *pos, *mass;
static double potential(long n, const double *restrict p, const double *restrict m) {
  double e = 0.0;
  for (long i = 0; i < n; i++)
    for (long j = i + 1; j < n; j++) {
      double dx = p[3 * i] - p[3 * j], dy = p[3 * i + 1] - p[3 * j + 1], dz = p[3 * i + 2] - p[3 * j + 2];
      double r = sqrt(dx * dx + dy * dy + dz * dz + 1e-4);
      e -= m[i] * m[j] / r;
    }
  return e;
}
static double bench_f(const double *x) { return potential(N, x, mass); }
long bench_default_size(void) { return 400; }
long bench_setup(long size) {
  uint64_t s = 777;
  N = size;
  pos = bench_fill(&s, 3 * N, -1, 1);
  mass = bench_fill(&s, N, 0.5, 2);
  return 3 * N;
}
double *bench_x(void) { return pos; }
double bench_primal(void) { return bench_f(pos); }
void bench_gradient(double *g) {
  memset(g, 0, sizeof(double) * (size_t)(3 * N));
  IF_REVERSE(REVERSE((void *)potential, AD(const), N, AD(dup), pos, g, AD(const), mass);)
}
double bench_jvp(const double *v) {
  (void)v;
  IF_FORWARD(return FORWARD((void *)potential, AD(const), N, AD(dup), pos, v, AD(const), mass);)
}
int bench_manual(double *g) {
  memset(g, 0, sizeof(double) * (size_t)(3 * N));
  for (long i = 0; i < N; i++) {
    double ax = 0, ay = 0, az = 0;
    for (long j = i + 1; j < N; j++) {
      double dx = pos[3 * i] - pos[3 * j], dy = pos[3 * i + 1] - pos[3 * j + 1], dz = pos[3 * i + 2] - pos[3 * j + 2];
      double r2 = dx * dx + dy * dy + dz * dz + 1e-4;
      double w = mass[i] * mass[j] / (r2 * sqrt(r2));
      ax += w * dx; ay += w * dy; az += w * dz;
      g[3 * j] -= w * dx; g[3 * j + 1] -= w * dy; g[3 * j + 2] -= w * dz;
    }
    g[3 * i] += ax; g[3 * i + 1] += ay; g[3 * i + 2] += az;
  }
  return 1;
}
