// RUN: %check %s
/* The derivative of what an iteration leads to, from its last state alone. */
// SANITIZE
#include "check.h"
extern int nabla_fp_state, nabla_fp_max_iters, nabla_fp_reduction;
void __nabla_fixed_point(void *, ...);

enum { N = 6 };
/* Gauss-Seidel for a nonlinear system: diagonally dominant, so it converges. */
static int relax(double *z, const double *p, double k) {
  double change = 0;
  for (int i = 0; i < N; i++) {
    double left = i ? z[i - 1] : 0, right = i + 1 < N ? z[i + 1] : p[N];
    double v = (p[i] + left + right + k * sin(z[i])) / 3;
    change = fmax(change, fabs(v - z[i]));
    z[i] = v;
  }
  return change > 1e-14;
}
static double solve(double *x, int n) {
  double z[N], s = 0;
  for (int i = 0; i < N; i++) z[i] = x[0];                    /* the first guess depends on x, the solution not on the guess */
#ifdef NO_AD
  while (relax(z, x, 0.4 * x[1])) {}
#else
  __nabla_fixed_point((void *)relax, nabla_fp_state, z, sizeof z, z, x, 0.4 * x[1]);
#endif
  for (int i = 0; i < N; i++) s += (i + 1) * z[i] * z[i];
  return s * x[2];
}
/* Two pieces of state in a structure and an array, one of them the caller's; the number of the step is state as well. */
struct state { double root; int steps; };
static _Bool newton(struct state *s, double *partner, const double *a) {
  double old = s->root;
  s->root = 0.5 * (old + a[0] / old);
  partner[0] = 0.5 * partner[0] + s->root * a[1];
  s->steps++;
  return fabs(s->root - old) > 1e-15 * fabs(old) || s->steps < 60;
}
static double root(double *x, int n) {
  struct state s = {1, 0};
#ifdef NO_AD
  while (newton(&s, x + 2, x)) {}
#else
  __nabla_fixed_point((void *)newton, nabla_fp_state, &s, sizeof s, nabla_fp_state, x + 2, sizeof(double), &s, x + 2, x);
#endif
  return s.root * x[2] + s.steps * 0.0;
}
/* A loop of solutions, each from the one before. */
static double marching(double *x, int n) {
  double z[N] = {0}, s = 0;
  for (int t = 0; t < 4; t++) {
    double k = 0.1 * t * x[1] + s * 0.01;
#ifdef NO_AD
    while (relax(z, x, k)) {}
#else
    __nabla_fixed_point((void *)relax, nabla_fp_state, z, sizeof z, z, x, k);
#endif
    for (int i = 0; i < N; i++) s += z[i] * z[i] * x[t];
  }
  return s;
}
/* The derivative has its own end. */
static int slow(double *z, const double *p) {
  double old = z[0];
  z[0] = 0.5 * old + p[0];
  return fabs(z[0] - old) > 1e-14;
}
static double limited(double *x, int n) {
  double z[1] = {0};
#ifdef NO_AD
  while (slow(z, x)) {}
#else
  __nabla_fixed_point((void *)slow, nabla_fp_state, z, sizeof z, nabla_fp_max_iters, 5, z, x);
#endif
  return z[0];
}
static double reduced(double *x, int n) {
  double z[1] = {0};
#ifdef NO_AD
  while (slow(z, x)) {}
#else
  __nabla_fixed_point((void *)slow, nabla_fp_state, z, sizeof z, nabla_fp_reduction, 0.1, z, x);
#endif
  return z[0];
}
/* What leads nowhere has no derivative. */
static int away(double *z, const double *p) {
  z[0] = 2 * z[0] + p[0];
  return z[0] < 100;
}
static double diverging(double *x, int n) {
  double z[1] = {1};
#ifdef NO_AD
  while (away(z, x)) {}
#else
  __nabla_fixed_point((void *)away, nabla_fp_state, z, sizeof z, z, x);
#endif
  return z[0];
}

int main(void) {
  double x[N + 1] = {0.9, 1.2, -0.7, 0.4, 0.3, 1.1, 0.8};
  CHECK_GRAD("solve", solve, x, N + 1);
  CHECK_GRAD("marching", marching, x, N + 1);
  double a[3] = {2, 0.3, 0.1};
  CHECK_GRAD("root", root, a, 3);
  double p[1] = {0.7}, d[1] = {0}, t[1] = {1};
  /* 1 + 1/2 + 1/4 + ... */
  AD_DO(__nabla_autodiff_v((void *)limited, nabla_dup, p, d, 1), d[0] = 1.9375);
  EXPECT("five terms", d[0], 1.9375);
  d[0] = 0;
  AD_DO(__nabla_autodiff_v((void *)reduced, nabla_dup, p, d, 1), d[0] = 1.875);
  EXPECT("until a tenth", d[0], 1.875);
  d[0] = 0;
  AD_DO(__nabla_autodiff_v((void *)diverging, nabla_dup, p, d, 1), d[0] = NAN);
  EXPECT("reverse", isnan(d[0]), 1);
  EXPECT("forward", isnan(AD(__nabla_fwddiff_d((void *)diverging, nabla_dup, p, t, 1), NAN)), 1);
  return chk_exit();
}
