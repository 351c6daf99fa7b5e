// RUN: %check %s
// LEVELS: -O0; -O1; -O2; -O3; -Os; -O2 -g
/* What C passes and returns in other forms than it is written: in registers, as vectors, through memory. After
   optimisation the pieces of a structure can't be told from parameters, hence no run of opt on optimised code. */
#include "check.h"
#include <stdbool.h>
extern int nabla_interleave, nabla_byref, nabla_seed;
struct xy { double x, y; };
struct f2 { float a, b; };
struct f3 { float a, b, c; };
struct pf2 { float p; struct f2 d; };
struct d3 { double a, b, c; };
struct two_d3 { struct d3 p, d; };
struct d3_and_double { struct d3 p; double dx; };
double __nabla_autodiff_1(void *, ...);
float __nabla_autodiff_f(void *, ...);
struct xy __nabla_autodiff_xy(void *, ...);
struct d3 __nabla_autodiff_t3(void *, ...);
struct f2 __nabla_autodiff_f2(void *, ...);
struct f3 __nabla_autodiff_f3(void *, ...);
struct pf2 __nabla_autodiff_pf2(void *, ...);
struct d3_and_double __nabla_autodiff_pd(void *, ...);
double __nabla_fwddiff_1(void *, ...);
struct d3 __nabla_fwddiff_t3(void *, ...);
struct two_d3 __nabla_fwddiff_two(void *, ...);

static double area(struct xy s, double k) { return s.x * s.x * s.y * k; }
static float product2(struct f2 s) { return s.a * s.b; }
static float product3(struct f3 s) { return s.a * s.b * s.c; }
static double mixed(bool b, float x, size_t n, const double *p) { return b ? x * p[n] : 0; }
static struct d3 powers(double x) { struct d3 r = {x, x * x, 3 * x}; return r; }
static double in_memory(struct d3 s, double k) { s.a *= k; return s.a * s.b + s.c; }
static double twice(double x) { return 2 * x; }
static double thrice(double x) { return 3 * x; }
static double (*const table[])(double) = {twice, thrice};

static void structures_in_registers(void) {
  struct xy s = {2, 3}, ds = {1, 10}, g = {48, 16};
  struct d3 h = {48, 16, 12};
  struct f2 p = {3, 2}, q = {3, 2};
  struct f3 r = {6, 3, 2};
  struct pf2 v = {6, {3, 2}};
  EXPECT("constant-structure", AD(__nabla_autodiff_1((void *)area, nabla_const, s, 4.0), 12), 12);
  AD_DO(h = __nabla_autodiff_t3((void *)area, nabla_out, s, nabla_out, 4.0), (void)0);
  EXPECT("all", h.a + 100 * h.b + 10000 * h.c, 48 + 1600 + 120000);
  AD_DO(g = __nabla_autodiff_xy((void *)area, nabla_out, s, nabla_const, 4.0), (void)0);
  EXPECT("structure-only", g.x + 100 * g.y, 48 + 1600);
  EXPECT("forward", AD(__nabla_fwddiff_1((void *)area, nabla_dup, s, ds, nabla_const, 4.0), 208), 48 + 160);
  s.x = 3, p.a = 2, p.b = 3;
  AD_DO(q = __nabla_autodiff_f2((void *)product2, p), (void)0);
  EXPECT("two-floats", q.a + 100 * q.b, 3 + 200);
  AD_DO(v = __nabla_autodiff_pf2((void *)product2, nabla_primal_return, p), (void)0);
  EXPECT("with-primal", v.p + 100 * v.d.a + 10000 * v.d.b, 6 + 300 + 20000);
  struct f3 t = {1, 2, 3};
  AD_DO(r = __nabla_autodiff_f3((void *)product3, t), (void)0);
  EXPECT("three-floats", r.a + 100 * r.b + 10000 * r.c, 6 + 300 + 20000);
}

static void structures_in_memory(void) {
  struct d3 d = {1, 6, 3}, seed = {1, 10, 100}, s = {2, 3, 4}, ds = {0, 0, 0}, t = {1, 0, 0};
  struct two_d3 pd = {{3, 9, 9}, {1, 6, 3}};
  struct d3_and_double m = {{3, 9, 9}, 361};
  AD_DO(d = __nabla_fwddiff_t3((void *)powers, 3.0, 1.0), (void)0);
  EXPECT("tangent", d.a + 100 * d.b + 10000 * d.c, 1 + 600 + 30000);
  AD_DO(pd = __nabla_fwddiff_two((void *)powers, nabla_primal_return, 3.0, 1.0), (void)0);
  EXPECT("primal", pd.p.a + 100 * pd.p.b + 10000 * pd.p.c, 3 + 900 + 90000);
  EXPECT("and-tangent", pd.d.a + 100 * pd.d.b + 10000 * pd.d.c, 1 + 600 + 30000);
  EXPECT("reverse", AD(__nabla_autodiff_1((void *)powers, &seed, 3.0), (seed.b = 0, 361)), 1 + 60 + 300);
  EXPECT("consumed", seed.b, 0);
  seed.a = 1, seed.b = 10, seed.c = 100;
  AD_DO(m = __nabla_autodiff_pd((void *)powers, nabla_primal_return, &seed, 3.0), (void)0);
  EXPECT("both", m.dx + 1000 * m.p.b, 361 + 9000);
  AD_DO(__nabla_autodiff_1((void *)in_memory, nabla_dup, s, &ds, nabla_const, 5.0), (ds.a = 15, ds.b = 10, ds.c = 1));
  EXPECT("shadow", ds.a + 100 * ds.b + 10000 * ds.c, 15 + 1000 + 10000);
  EXPECT("untouched", s.a, 2);
  EXPECT("by-value-forward", AD(__nabla_fwddiff_1((void *)in_memory, nabla_dup, s, t, nabla_const, 5.0), 15), 15);
}

static void other_operands(int argc) {
  double p[] = {1, 2, 3}, dp[] = {0, 0, 0};
  double (*chosen)(double) = argc > 1 ? twice : thrice;
  (void)chosen;
  EXPECT_TOL("promoted", AD(__nabla_autodiff_f((void *)mixed, true, 1.5f, 2, p, dp), (dp[2] = 1.5, 3)), 3, 1e-6);
  EXPECT("accumulated", dp[2], 1.5);
  EXPECT("choice", AD(__nabla_autodiff_1(argc > 1 ? (void *)twice : (void *)thrice, 1.0), 3), 3);
  EXPECT("table", AD(__nabla_autodiff_1((void *)table[0], 1.0), 2), 2);
  EXPECT("library", AD(__nabla_autodiff_1((void *)(double (*)(double))sin, 1.0), cos(1.0)), cos(1.0));
}

int main(int argc, char **argv) {
  (void)argv;
  structures_in_registers();
  structures_in_memory();
  other_operands(argc);
  return chk_exit();
}
