/* Explicit Euler on the Lorenz system over a short span cut into many steps:
 * a long serial loop with a tiny body. */
#include "kernel.h"
static long STEPS;
static double par[6];
static double walk(long steps, double span, const double *restrict y0, const double *restrict prm) {
  double x = y0[0], y = y0[1], z = y0[2];
  double h = span / (double)steps;
  for (long i = 0; i < steps; i++) {
    double dx = prm[0] * (y - x), dy = x * (prm[1] - z) - y, dz = x * y - prm[2] * z;
    x += h * dx;
    y += h * dy;
    z += h * dz;
  }
  return x * x + y * y + z * z;
}
static double bench_f(const double *p) { return walk(STEPS, 0.5, p, p + 3); }
long bench_default_size(void) { return 100000; }
long bench_setup(long size) {
  static const double p[6] = {1.0, 1.5, 20.0, 10.0, 28.0, 2.6};
  STEPS = size;
  memcpy(par, p, sizeof par);
  return 6;
}
double *bench_x(void) { return par; }
double bench_primal(void) { return bench_f(par); }
void bench_gradient(double *g) {
  double *p = par, span = 0.5;
  (void)p; (void)span;
  memset(g, 0, 48);
  IF_REVERSE(REVERSE((void *)walk, AD(const), STEPS, AD(const), span, AD(dup), p, g,
                         AD(dup), p + 3, g + 3);)
}
double bench_jvp(const double *v) {
  double *p = par, span = 0.5;
  (void)p; (void)span; (void)v;
  IF_FORWARD(return FORWARD((void *)walk, AD(const), STEPS, AD(const), span, AD(dup), p, v,
                         AD(dup), p + 3, v + 3);)
}
int bench_manual(double *g) {
  double h = 0.5 / (double)STEPS, x = par[0], y = par[1], z = par[2], s = par[3], r = par[4], b = par[5];
  double *tr = malloc(24 * (size_t)STEPS);
  for (long i = 0; i < STEPS; i++) {
    tr[3 * i] = x; tr[3 * i + 1] = y; tr[3 * i + 2] = z;
    double dx = s * (y - x), dy = x * (r - z) - y, dz = x * y - b * z;
    x += h * dx; y += h * dy; z += h * dz;
  }
  double xb = 2 * x, yb = 2 * y, zb = 2 * z, sb = 0, rb = 0, bb = 0;
  for (long i = STEPS - 1; i >= 0; i--) {
    x = tr[3 * i]; y = tr[3 * i + 1]; z = tr[3 * i + 2];
    double dx = h * xb, dy = h * yb, dz = h * zb;
    sb += dx * (y - x); rb += dy * x; bb -= dz * z;
    xb += -s * dx + (r - z) * dy + y * dz;
    yb += s * dx - dy + x * dz;
    zb += -x * dy - b * dz;
  }
  g[0] = xb; g[1] = yb; g[2] = zb; g[3] = sb; g[4] = rb; g[5] = bb;
  free(tr);
  return 1;
}
