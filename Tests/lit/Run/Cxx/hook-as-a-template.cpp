// RUN: %check %s
#include "check.h"
template <typename R, typename... A> R __nabla_autodiff(void *, A...);
template <typename R, typename... A> R __nabla_fwddiff(void *, A...);
struct Gradient { double dx, dy; };
static double area(double w, double h) { return w * h * h; }
template <typename F> static double slope(F f, double x) {
  double (*g)(double) = f;
  (void)g;
  return 0;
}
static double cube(double x) { return x * x * x; }
int main() {
  Gradient g = {25, 30};
#ifndef NO_AD
  g = __nabla_autodiff<Gradient>((void *)area, 3.0, 5.0);
  EXPECT("cube", __nabla_autodiff<double>((void *)cube, 2.0), 12);
  EXPECT("forward", (__nabla_fwddiff<double, double, double>((void *)cube, 2.0, 0.5)), 6);
#endif
  EXPECT("dw", g.dx, 25);
  EXPECT("dh", g.dy, 30);
  EXPECT("unused", slope(cube, 2), 0);
  return chk_exit();
}
