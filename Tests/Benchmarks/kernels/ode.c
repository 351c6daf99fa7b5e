/* Predator-prey system by an embedded third-order pair with step-size control:
 * the trip count depends on the data. */
#include "kernel.h"
static double SPAN;
static double par[6];
static void field(const double *restrict s, double *restrict d, const double *restrict p) {
  d[0] = s[0] * (p[0] - p[1] * s[1]);
  d[1] = s[1] * (p[2] * s[0] - p[3]);
}
static double adaptive(double span, double tol, const double *restrict y0, const double *restrict p) {
  double y[2], k1[2], k2[2], k3[2], k4[2], w[2], n[2];
  y[0] = y0[0]; y[1] = y0[1];
  double t = 0.0, h = 1e-3;
  field(y, k1, p);
  while (t < span) {
    if (t + h > span) h = span - t;
    for (int i = 0; i < 2; i++) w[i] = y[i] + 0.5 * h * k1[i];
    field(w, k2, p);
    for (int i = 0; i < 2; i++) w[i] = y[i] + 0.75 * h * k2[i];
    field(w, k3, p);
    for (int i = 0; i < 2; i++) n[i] = y[i] + h / 9.0 * (2.0 * k1[i] + 3.0 * k2[i] + 4.0 * k3[i]);
    field(n, k4, p);
    double err = 1e-300;
    for (int i = 0; i < 2; i++) {
      double e = h * (-5.0 / 72.0 * k1[i] + k2[i] / 12.0 + k3[i] / 9.0 - k4[i] / 8.0);
      err += e * e;
    }
    err = sqrt(err);
    if (err <= tol) {
      t += h;
      for (int i = 0; i < 2; i++) { y[i] = n[i]; k1[i] = k4[i]; }
    }
    double q = 0.9 * exp(log(tol / err) / 3.0);
    if (q > 5.0) q = 5.0;
    if (q < 0.2) q = 0.2;
    h *= q;
  }
  return y[0] * y[0] + 0.5 * y[1] * y[1];
}
static double bench_f(const double *x) { return adaptive(SPAN, 1e-9, x, x + 2); }
long bench_default_size(void) { return 10; }
long bench_setup(long size) {
  static const double v[6] = {1.0, 0.8, 1.1, 0.4, 0.3, 0.6};
  SPAN = (double)size;
  memcpy(par, v, sizeof par);
  return 6;
}
double *bench_x(void) { return par; }
double bench_primal(void) { return bench_f(par); }
void bench_gradient(double *g) {
  double *p = par, span = SPAN, tol = 1e-9;
  (void)p; (void)span; (void)tol;
  memset(g, 0, 48);
  IF_REVERSE(REVERSE((void *)adaptive, AD(const), span, AD(const), tol, AD(dup), p, g,
                         AD(dup), p + 2, g + 2);)
}
double bench_jvp(const double *v) {
  double *p = par, span = SPAN, tol = 1e-9;
  (void)p; (void)span; (void)tol; (void)v;
  IF_FORWARD(return FORWARD((void *)adaptive, AD(const), span, AD(const), tol, AD(dup), p, v,
                         AD(dup), p + 2, v + 2);)
}
int bench_manual(double *g) { (void)g; return 0; }
