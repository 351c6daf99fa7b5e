// RUN: %check %s
#include "check.h"
/* The gradient struct comes back in registers, or through memory when it is large. */
struct g1 { double a; };
struct g2 { double a, b; };
struct g5 { double v[5]; };
struct g1 __nabla_autodiff_g1(void *, ...);
struct g2 __nabla_autodiff_g2(void *, ...);
struct g5 __nabla_autodiff_g5(void *, ...);
static double one(double x) { return x * x; }
static double two(double x, double y) { return x / y; }
static double five(double a, double b, double c, double d, double e) { return a * b + c * d * e + a * e; }
int main(void) {
  struct g1 r = {6};
  struct g2 s = {0.5, -0.75};
  struct g5 t = {{7, 1, 20, 15, 13}};
  AD_DO(r = __nabla_autodiff_g1((void *)one, 3.0), (void)0);
  AD_DO(s = __nabla_autodiff_g2((void *)two, 3.0, 2.0), (void)0);
  AD_DO(t = __nabla_autodiff_g5((void *)five, 1.0, 2.0, 3.0, 4.0, 5.0), (void)0);
  EXPECT("one", r.a, 6);
  EXPECT("two-a", s.a, 0.5); EXPECT("two-b", s.b, -0.75);
  EXPECT("five", t.v[0], 2 + 5); EXPECT("five", t.v[1], 1); EXPECT("five", t.v[2], 20); EXPECT("five", t.v[3], 15); EXPECT("five", t.v[4], 12 + 1);
  return chk_exit();
}
