// RUN: %check %s
#include "check.h"
struct w2 { double a, b; };
struct w3 { double a, b, c; };
struct w4 { double v[4]; };
struct p2 { double primal, a, b; };
struct w2 __nabla_fwddiff_w2(void *, ...);
struct w3 __nabla_fwddiff_w3(void *, ...);
struct w4 __nabla_fwddiff_w4(void *, ...);
void __nabla_fwddiff_wv(void *, ...);
static double length(double x, double y) { return sqrt(x * x + y * y); }
static double cubic(const double *x, int n) { double s = 0; for (int i = 0; i < n; i++) s += x[i] * x[i] * x[i]; return s; }
static void squares(const double *x, double *y, int n) { for (int i = 0; i < n; i++) y[i] = x[i] * x[i] + x[0]; }
int main(void) {
  struct w2 a = {0.6, 0.8};
  struct w3 b = {0.6, 0.8, 1.4};
  struct w4 c = {{3, 12, 27, 42}};
  double x[] = {1, 2, 3}, e0[] = {1, 0, 0}, e1[] = {0, 1, 0}, e2[] = {0, 0, 1}, all[] = {1, 1, 1}, y[3], t0[3] = {3, 1, 1}, t1[3] = {0, 0, 6};
  AD_DO(a = __nabla_fwddiff_w2((void *)length, nabla_width, 2, 3.0, 1.0, 0.0, 4.0, 0.0, 1.0), (void)0);
  AD_DO(b = __nabla_fwddiff_w3((void *)length, nabla_width, 3, 3.0, 1.0, 0.0, 1.0, 4.0, 0.0, 1.0, 1.0), (void)0);
  AD_DO(c = __nabla_fwddiff_w4((void *)cubic, nabla_width, 4, nabla_dup, x, e0, e1, e2, all, nabla_const, 3), (void)0);
  AD_DO(__nabla_fwddiff_wv((void *)squares, nabla_width, 2, x, e0, e2, y, t0, t1, 3), (void)0);
  EXPECT("w2a", a.a, 0.6); EXPECT("w2b", a.b, 0.8);
  EXPECT("w3a", b.a, 0.6); EXPECT("w3b", b.b, 0.8); EXPECT("w3c", b.c, 1.4);
  for (int i = 0; i < 4; i++) EXPECT("w4", c.v[i], i < 3 ? 3 * x[i] * x[i] : 42);
  for (int i = 0; i < 3; i++) { EXPECT("t0", t0[i], i ? 1 : 3); EXPECT("t1", t1[i], i == 2 ? 6 : 0); }
  return chk_exit();
}
