// RUN: %check %s
// SANITIZE
#include "check.h"
/* adaptive Runge-Kutta-Fehlberg with state in malloc'ed rows and a right-hand side by callback */
typedef void (*rhs)(double t, const double *y, double *dy, void *ctx);
struct ode { int n; double **k; double *tmp, *err; rhs f; void *ctx; int accepted, rejected; };
static struct ode *ode_new(int n, rhs f, void *ctx) {
  struct ode *o = calloc(1, sizeof *o);
  o->n = n; o->f = f; o->ctx = ctx;
  o->k = malloc(6 * sizeof *o->k);
  for (int i = 0; i < 6; i++) o->k[i] = calloc(n, sizeof(double));
  o->tmp = calloc(n, sizeof(double)); o->err = calloc(n, sizeof(double));
  return o;
}
static void ode_free(struct ode *o) { for (int i = 0; i < 6; i++) free(o->k[i]); free(o->k); free(o->tmp); free(o->err); free(o); }
static double step(struct ode *o, double t, const double *y, double h, double *out) {
  static const double c[6] = {0, 1. / 4, 3. / 8, 12. / 13, 1, 1. / 2};
  static const double a[6][5] = {{0}, {1. / 4}, {3. / 32, 9. / 32}, {1932. / 2197, -7200. / 2197, 7296. / 2197},
    {439. / 216, -8, 3680. / 513, -845. / 4104}, {-8. / 27, 2, -3544. / 2565, 1859. / 4104, -11. / 40}};
  static const double b4[6] = {25. / 216, 0, 1408. / 2565, 2197. / 4104, -1. / 5, 0}, b5[6] = {16. / 135, 0, 6656. / 12825, 28561. / 56430, -9. / 50, 2. / 55};
  double e = 0;
  for (int s = 0; s < 6; s++) {
    memcpy(o->tmp, y, o->n * sizeof(double));
    for (int j = 0; j < s; j++) for (int i = 0; i < o->n; i++) o->tmp[i] += h * a[s][j] * o->k[j][i];
    o->f(t + c[s] * h, o->tmp, o->k[s], o->ctx);
  }
  for (int i = 0; i < o->n; i++) {
    out[i] = y[i]; o->err[i] = 0;
    for (int s = 0; s < 6; s++) { out[i] += h * b5[s] * o->k[s][i]; o->err[i] += h * (b5[s] - b4[s]) * o->k[s][i]; }
    e = fmax(e, fabs(o->err[i]));
  }
  return e;
}
static void integrate(struct ode *o, double t, double t1, double *y, double tol) {
  double h = 0.1, *trial = malloc(o->n * sizeof(double));
  while (t < t1) {
    if (t + h > t1) h = t1 - t;
    double e = step(o, t, y, h, trial);
    if (e <= tol) { t += h; memcpy(y, trial, o->n * sizeof(double)); o->accepted++; } else o->rejected++;
    double fac = e > 0 ? 0.9 * pow(tol / e, 0.2) : 2;
    h *= fac < 0.3 ? 0.3 : fac > 2 ? 2 : fac;
  }
  free(trial);
}
static void lotka(double t, const double *y, double *dy, void *ctx) { const double *p = ctx; (void)t; dy[0] = p[0] * y[0] - p[1] * y[0] * y[1]; dy[1] = p[2] * y[0] * y[1] - p[3] * y[1]; }
static void final(double *x, double *y) {
  struct ode *o = ode_new(2, lotka, x + 2);
  double state[2] = {x[0], x[1]};
  integrate(o, 0, 2, state, 1e-4);
  y[0] = state[0]; y[1] = state[1];
  ode_free(o);
}
int main(void) {
  double x[] = {1.2, 0.8, 1.1, 0.9, 0.7, 1.3};
  CHECK_JAC("rkf45", final, x, 6, 2);
  return chk_exit();
}
