// RUN: %check %s
#include "check.h"
struct vg { double value, dx; };
struct vgg { double value, dx, dy; };
struct pt { double primal, tangent; };
struct vg __nabla_autodiff_vg(void *, ...);
struct vgg __nabla_autodiff_vgg(void *, ...);
struct pt __nabla_fwddiff_pt(void *, ...);
double __nabla_autodiff_value(void *, ...);
static double cube(double x) { return x * x * x; }
static double area(double x, double y) { return x * x * y; }
static double sum(const double *x, int n) { double s = 0; for (int i = 0; i < n; i++) s += x[i] * x[i]; return s; }
int main(void) {
  struct vg a = {8, 12};
  struct vgg b = {18, 12, 9};
  struct pt c = {18, 21}, e = {5, 2};
  double x[] = {1, 2}, d[] = {0, 0}, u[] = {1, 0}, v = 5;
  AD_DO(a = __nabla_autodiff_vg((void *)cube, nabla_primal_return, nabla_out, 2.0), (void)0);
  AD_DO(b = __nabla_autodiff_vgg((void *)area, nabla_primal_return, 3.0, 2.0), (void)0);
  AD_DO(c = __nabla_fwddiff_pt((void *)area, nabla_primal_return, 3.0, 1.0, 2.0, 1.0), (void)0);
  AD_DO(v = __nabla_autodiff_value((void *)sum, nabla_primal_return, x, d, 2), (d[0] = 2, d[1] = 4));
  AD_DO(e = __nabla_fwddiff_pt((void *)sum, nabla_primal_return, x, u, 2), (void)0);
  EXPECT("value", a.value, 8); EXPECT("dx", a.dx, 12);
  EXPECT("value", b.value, 18); EXPECT("dx", b.dx, 12); EXPECT("dy", b.dy, 9);
  EXPECT("primal", c.primal, 18); EXPECT("tangent", c.tangent, 21);
  EXPECT("sum", v, 5); EXPECT("d1", d[1], 4);
  EXPECT("sum-forward", e.primal, 5); EXPECT("sum-tangent", e.tangent, 2);
  return chk_exit();
}
