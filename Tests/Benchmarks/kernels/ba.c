/* Bundle adjustment: squared, weighted reprojection errors of points seen by
 * pinhole cameras (axis-angle rotation, centre, focal length, principal point,
 * two radial coefficients: 11 numbers a camera). */
#include "kernel.h"
#define CAM 11
static long NC, NP, NO;
static double *par, *seen;
static long *who;

static void reproject(const double *restrict cam, const double *restrict pt, const double *restrict obs, double *restrict e) {
  double p[3], q[3];
  for (int i = 0; i < 3; i++) p[i] = pt[i] - cam[3 + i];
  double t2 = cam[0] * cam[0] + cam[1] * cam[1] + cam[2] * cam[2];
  if (t2 > 1e-24) {
    double t = sqrt(t2), c = cos(t), s = sin(t);
    double ax = cam[0] / t, ay = cam[1] / t, az = cam[2] / t;
    double k = (ax * p[0] + ay * p[1] + az * p[2]) * (1.0 - c);
    q[0] = p[0] * c + (ay * p[2] - az * p[1]) * s + ax * k;
    q[1] = p[1] * c + (az * p[0] - ax * p[2]) * s + ay * k;
    q[2] = p[2] * c + (ax * p[1] - ay * p[0]) * s + az * k;
  } else {
    q[0] = p[0] + cam[1] * p[2] - cam[2] * p[1];
    q[1] = p[1] + cam[2] * p[0] - cam[0] * p[2];
    q[2] = p[2] + cam[0] * p[1] - cam[1] * p[0];
  }
  double u = q[0] / q[2], v = q[1] / q[2];
  double r2 = u * u + v * v;
  double l = 1.0 + cam[9] * r2 + cam[10] * r2 * r2;
  e[0] = cam[6] * l * u + cam[7] - obs[0];
  e[1] = cam[6] * l * v + cam[8] - obs[1];
}
static double cost(long no, const long *restrict idx, const double *restrict cams, const double *restrict pts,
                 const double *restrict w, const double *restrict obs) {
  double total = 0.0;
  for (long i = 0; i < no; i++) {
    double e[2];
    reproject(cams + CAM * idx[2 * i], pts + 3 * idx[2 * i + 1], obs + 2 * i, e);
    double z = 1.0 - w[i] * w[i];
    total += 0.5 * w[i] * w[i] * (e[0] * e[0] + e[1] * e[1]) + 0.5 * z * z;
  }
  return total;
}
static double bench_f(const double *x) { return cost(NO, who, x, x + CAM * NC, x + CAM * NC + 3 * NP, seen); }
long bench_default_size(void) { return 10000; }
long bench_setup(long size) {
  uint64_t s = 2024;
  NO = size; NC = size / 500 + 2; NP = size / 4 + 3;
  long n = CAM * NC + 3 * NP + NO;
  par = bench_fill(&s, n, -0.3, 0.3);
  for (long i = 0; i < NC; i++) {
    double *c = par + CAM * i;
    c[5] -= 5; c[6] = 500 * (1 + c[6]); c[7] *= 10; c[8] *= 10; c[9] *= 0.1; c[10] *= 0.1;
  }
  for (long i = 0; i < NO; i++) par[CAM * NC + 3 * NP + i] += 1;
  who = (long *)malloc(sizeof(long) * (size_t)(2 * NO));
  seen = bench_fill(&s, 2 * NO, -40, 40);
  for (long i = 0; i < NO; i++) {
    who[2 * i] = (long)bench_uniform(&s, 0, (double)NC);
    who[2 * i + 1] = i % NP;
  }
  return n;
}
double *bench_x(void) { return par; }
double bench_primal(void) { return bench_f(par); }
void bench_gradient(double *g) {
  long a = CAM * NC, b = a + 3 * NP;
  memset(g, 0, sizeof(double) * (size_t)(b + NO));
  IF_REVERSE(REVERSE((void *)cost, AD(const), NO, AD(const), who, AD(dup), par, g,
                         AD(dup), par + a, g + a, AD(dup), par + b, g + b, AD(const), seen);)
}
double bench_jvp(const double *v) {
  long a = CAM * NC, b = a + 3 * NP;
  (void)v; (void)b;
  IF_FORWARD(return FORWARD((void *)cost, AD(const), NO, AD(const), who, AD(dup), par, v,
                         AD(dup), par + a, v + a, AD(dup), par + b, v + b, AD(const), seen);)
}
int bench_manual(double *g) {
  double *gc = g, *gp = g + CAM * NC, *gw = gp + 3 * NP;
  const double *pts = par + CAM * NC, *w = pts + 3 * NP;
  memset(g, 0, sizeof(double) * (size_t)(CAM * NC + 3 * NP + NO));
  for (long i = 0; i < NO; i++) {
    const double *cam = par + CAM * who[2 * i], *pt = pts + 3 * who[2 * i + 1];
    double *cb = gc + CAM * who[2 * i], *pb = gp + 3 * who[2 * i + 1];
    double p[3], q[3], qb[3], db[3];
    for (int k = 0; k < 3; k++) p[k] = pt[k] - cam[3 + k];
    double t2 = cam[0] * cam[0] + cam[1] * cam[1] + cam[2] * cam[2];
    double t = sqrt(t2), c = cos(t), s = sin(t), it = 1 / t;
    double a[3] = {cam[0] * it, cam[1] * it, cam[2] * it};
    double ap = a[0] * p[0] + a[1] * p[1] + a[2] * p[2];
    double x[3] = {a[1] * p[2] - a[2] * p[1], a[2] * p[0] - a[0] * p[2], a[0] * p[1] - a[1] * p[0]};
    for (int k = 0; k < 3; k++) q[k] = p[k] * c + x[k] * s + a[k] * ap * (1 - c);
    double iz = 1 / q[2], u = q[0] * iz, v = q[1] * iz, r2 = u * u + v * v;
    double l = 1 + cam[9] * r2 + cam[10] * r2 * r2;
    double e0 = cam[6] * l * u + cam[7] - seen[2 * i], e1 = cam[6] * l * v + cam[8] - seen[2 * i + 1];
    double ww = w[i] * w[i], f0 = ww * e0, f1 = ww * e1;
    gw[i] = w[i] * (e0 * e0 + e1 * e1) - 2 * w[i] * (1 - ww);
    cb[7] += f0; cb[8] += f1;
    cb[6] += l * (u * f0 + v * f1);
    double lb = cam[6] * (u * f0 + v * f1);
    cb[9] += lb * r2; cb[10] += lb * r2 * r2;
    double rb = lb * (cam[9] + 2 * cam[10] * r2);
    double ub = cam[6] * l * f0 + 2 * u * rb, vb = cam[6] * l * f1 + 2 * v * rb;
    qb[0] = ub * iz; qb[1] = vb * iz; qb[2] = -(ub * u + vb * v) * iz;
    /* inverse rotation: dp = R^T qb */
    double aq = a[0] * qb[0] + a[1] * qb[1] + a[2] * qb[2];
    double y[3] = {a[1] * qb[2] - a[2] * qb[1], a[2] * qb[0] - a[0] * qb[2], a[0] * qb[1] - a[1] * qb[0]};
    for (int k = 0; k < 3; k++) {
      double d = qb[k] * c - y[k] * s + a[k] * aq * (1 - c);
      pb[k] += d;
      cb[3 + k] -= d;
    }
    /* by axis a and angle t, then a = rot/t */
    double pq = p[0] * qb[0] + p[1] * qb[1] + p[2] * qb[2];
    double xq = x[0] * qb[0] + x[1] * qb[1] + x[2] * qb[2];
    double tb = -s * pq + c * xq + s * ap * aq;
    double z[3] = {p[1] * qb[2] - p[2] * qb[1], p[2] * qb[0] - p[0] * qb[2], p[0] * qb[1] - p[1] * qb[0]};
    for (int k = 0; k < 3; k++) db[k] = s * z[k] + (1 - c) * (qb[k] * ap + p[k] * aq);
    double ad = a[0] * db[0] + a[1] * db[1] + a[2] * db[2];
    for (int k = 0; k < 3; k++) cb[k] += a[k] * tb + (db[k] - a[k] * ad) * it;
  }
  return 1;
}
