// RUN: %check %s
#include "check.h"
struct xy { double x, y; };
struct big { double v[4]; };
struct xy __nabla_fwddiff_xy(void *, ...);
struct big __nabla_fwddiff_big(void *, ...);
static struct xy polar(double r, double t) { struct xy p = {r * cos(t), r * sin(t)}; return p; }
static struct big powers(double x) { struct big b = {{1, x, x * x, x * x * x}}; return b; }
int main(void) {
  struct xy d = {cos(0.5) - 4 * sin(0.5), sin(0.5) + 4 * cos(0.5)};
  struct big b = {{0, 2, 12, 54}};
  AD_DO(d = __nabla_fwddiff_xy((void *)polar, 2.0, 1.0, 0.5, 2.0), (void)0);
  AD_DO(b = __nabla_fwddiff_big((void *)powers, 3.0, 2.0), (void)0);
  EXPECT("x", d.x, cos(0.5) - 4 * sin(0.5));
  EXPECT("y", d.y, sin(0.5) + 4 * cos(0.5));
  for (int i = 0; i < 4; i++) EXPECT("power", b.v[i], i ? 2 * i * pow(3, i - 1) : 0);
  return chk_exit();
}
