// RUN: %check %s
/* Requests that are checked whenever they are carried out: right ones pass, and do what they do without the check. */
// SANITIZE
#include "check.h"
extern int nabla_check, nabla_bytes;
struct two { double a, b; };
double __nabla_autodiff(void *, ...);
double __nabla_fwddiff(void *, ...);
void __nabla_ptr_size_hint(void *, ...);
struct two __nabla_autodiff_two(void *, ...);
float __nabla_autodiff_f(void *, ...);

static int calls;
static double area(double w, double h) { calls++; return w * h * sin(w); }
static double energy(const double *q, int n, double k) {
  double s = 0;
  for (int i = 0; i < n; i++) s += k * q[i] * q[i] + fabs(q[i]);
  return s;
}
/* Reads and overwrites, with a table that is not differentiated. */
static void mix(double *u, double *v, const double *table, int n) {
  for (int i = 0; i < n; i++) {
    double t = u[i] * v[(i + 1) % n];
    v[i] = exp(-t) + table[i % 2] * v[i];
    u[i] = t;
  }
}
struct particle { double x[2]; int kind; float charge; };
static double force(struct particle *p, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += p[i].kind * p[i].x[0] * p[i].x[1] * p[i].charge;
  for (int i = 0; i < n; i++) p[i].x[0] = s;
  return s;
}
static float single(float x) { return sinf(x) * x; }
static double kink(double x) { return x > 1 ? 3 * x - 2 : x; }

int main(void) {
  struct two d = AD(__nabla_autodiff_two((void *)area, nabla_check, 3.0, 5.0), ((struct two){5 * (sin(3) + 3 * cos(3)), 3 * sin(3)}));
  EXPECT("w", d.a, 5 * (sin(3) + 3 * cos(3)));
  EXPECT("h", d.b, 3 * sin(3));
  EXPECT("with a tolerance", AD(__nabla_fwddiff((void *)area, nabla_check, 1e-7, 3.0, 1.0, 5.0, 0.0), d.a), d.a);
  double q[4] = {1, -2, 3, 0.5}, dq[4] = {0}, want[4] = {5, -9, 13, 3};
  double dk = AD(__nabla_autodiff((void *)energy, nabla_check, nabla_dup, q, dq, nabla_const, 4, nabla_out, 2.0), 14.25);
  EXPECT("k", dk, 14.25);
  double *heap = malloc(sizeof q), *dheap = calloc(4, sizeof *dheap);
  memcpy(heap, q, sizeof q);
  AD_DO(__nabla_autodiff((void *)energy, nabla_check, 1e-8, nabla_bytes, sizeof q, nabla_dup, heap, dheap, 4, nabla_const, 2.0), (void)0);
  for (int i = 0; i < 4; i++) {
#ifdef NO_AD
    dq[i] = dheap[i] = want[i];
#endif
    EXPECT("q", dq[i], want[i]);
    EXPECT("on the heap", dheap[i], want[i]);
  }
  /* The memory is used once. */
  double u[3] = {1, 2, 3}, v[3] = {0.1, 0.2, 0.3}, table[2] = {0.5, 2}, du[3] = {1, 1, 1}, dv[3] = {1, 1, 1};
  double u1[3] = {1, 2, 3}, v1[3] = {0.1, 0.2, 0.3};
  mix(u1, v1, table, 3);
  AD_DO(__nabla_autodiff((void *)mix, nabla_check, nabla_dup, u, du, nabla_dup, v, dv, nabla_const, table, 3), mix(u, v, table, 3));
  for (int i = 0; i < 3; i++) {
    EXPECT("u", u[i], u1[i]);
    EXPECT("v", v[i], v1[i]);
  }
  struct particle *p = malloc(3 * sizeof *p), *dp = calloc(3, sizeof *dp);
  for (int i = 0; i < 3; i++) p[i] = dp[i] = (struct particle){{1 + i, 2}, i + 1, 0.5};
  for (int i = 0; i < 3; i++) dp[i].x[0] = dp[i].x[1] = dp[i].charge = 0;
#ifndef NO_AD
  __nabla_ptr_size_hint(p, 3 * sizeof *p, 0);
#endif
  AD_DO(__nabla_autodiff((void *)force, nabla_check, nabla_dup, p, dp, 3), dp[1].x[1] = 2);
  EXPECT("particle", dp[1].x[1], 2);
  EXPECT_TOL("single", AD(__nabla_autodiff_f((void *)single, nabla_check, 2.0f), sinf(2) + 2 * cosf(2)), sinf(2) + 2 * cosf(2), 1e-6);
  /* Differences are of no use here, and are not held against the derivative. */
  EXPECT("kink", AD(__nabla_autodiff((void *)kink, nabla_check, 1.0), 1.0), 1);
  EXPECT("zero", AD(__nabla_autodiff((void *)area, nabla_check, nabla_const, 0.0, nabla_out, 2.0), 0.0), 0);
  free(heap); free(dheap); free(p); free(dp);
  return chk_exit();
}
