// RUN: %check %s
#include "check.h"
struct pair2 { double x[2], y[2]; };
struct pair2 __nabla_autodiff_p2(void *, ...);
static void f(const double *x, double *y) { y[0] = x[0] * x[1]; y[1] = x[0] + sin(x[1]); }
static double g(double a, double b) { return a * b * b; }
int main(void) {
  double x[] = {2, 0.5}, r0[] = {0, 0}, r1[] = {0, 0}, y[2], s0[] = {1, 0}, s1[] = {0, 1};
  struct pair2 p = {{9, 9}, {12, 12}};
  AD_DO(__nabla_autodiff_v((void *)f, nabla_width, 2, nabla_dup, x, r0, r1, nabla_dup, y, s0, s1), (r0[0] = 0.5, r0[1] = 2, r1[0] = 1, r1[1] = cos(0.5)));
  EXPECT("row0", r0[0], 0.5); EXPECT("row0", r0[1], 2);
  EXPECT("row1", r1[0], 1); EXPECT("row1", r1[1], cos(0.5));
  AD_DO(p = __nabla_autodiff_p2((void *)g, nabla_width, 2, 2.0, 3.0), (void)0);
  EXPECT("a", p.x[0], 9); EXPECT("a", p.x[1], 9);
  EXPECT("b", p.y[0], 12); EXPECT("b", p.y[1], 12);
  return chk_exit();
}
