// RUN: %check %s
#include "check.h"
/* Reverse mode seeds every returned field with one; a result through memory brings its own adjoint. */
struct xy { double x, y; };
struct big { double v[4]; };
static struct xy polar(double r, double t) { struct xy p = {r * cos(t), r * sin(t)}; return p; }
static struct big powers(double x) { struct big b = {{1, x, x * x, x * x * x}}; return b; }
int main(void) {
  struct chk_2 g = {cos(0.5) + sin(0.5), 2 * cos(0.5) - 2 * sin(0.5)};
  struct big seed = {{5, 1, 10, 100}};
  double d = 0;
  AD_DO(g = __nabla_autodiff_d2((void *)polar, 2.0, 0.5), (void)0);
  EXPECT("dr", g.a, cos(0.5) + sin(0.5));
  EXPECT("dt", g.b, 2 * cos(0.5) - 2 * sin(0.5));
  AD_DO(d = __nabla_autodiff_d((void *)powers, &seed, 3.0), (memset(&seed, 0, sizeof seed), d = 2761));
  EXPECT("dx", d, 1 + 10 * 6 + 100 * 27);
  EXPECT("consumed", seed.v[2], 0);
  return chk_exit();
}
