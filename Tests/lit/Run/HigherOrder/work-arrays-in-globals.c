// RUN: %check %s
#include "check.h"
/* The adjoints of the work arrays and the tangents of both must not share memory. */
static double u[4], w[4];
static double f(double *x, int n) {
  for (int i = 0; i < n; i++) u[i] = x[i] * x[i];
  for (int t = 0; t < 3; t++) {
    for (int i = 0; i < n; i++) w[i] = u[i] * u[(i + 1) % n] + 0.1 * x[i];
    memcpy(u, w, sizeof u);
  }
  double s = 0;
  for (int i = 0; i < n; i++) s += u[i] * w[(i + 2) % n];
  return s;
}
#ifdef NO_AD
static void gradient(double *x, double *g) { struct chk c = chk_begin("", x, 4, 1, 0); while (chk_step(&c)) c.y[0] = f(c.xp, 4); chk_fd_reverse(&c); memcpy(g, c.dx, 4 * sizeof *g); chk_finish(&c); }
#else
static void gradient(double *x, double *g) { __nabla_autodiff_v((void *)f, nabla_dup, x, g, 4); }
#endif
int main(void) {
  double x[] = {0.9, 0.7, -0.8, 0.6};
  CHECK_GRAD("gradient", f, x, 4);
#ifndef NO_AD
  CHECK_JAC("hessian", gradient, x, 4, 4);
#endif
  return chk_exit();
}
