// RUN: %check %s
#include "check.h"
struct w3 { double a, b, c; };
struct w3 __nabla_fwddiff_w3(void *, ...);
static double cubic(const double *x, int n) { double s = 0; for (int i = 0; i < n; i++) s += x[i] * x[i] * x[i]; return s; }
int main(void) {
  double x[] = {1, 2, 3}, unit[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  struct w3 g = {3, 12, 27};
  AD_DO(g = __nabla_fwddiff_w3((void *)cubic, nabla_width, 3, nabla_dupv, (long)sizeof unit[0], x, &unit[0][0], 3), (void)0);
  EXPECT("a", g.a, 3); EXPECT("b", g.b, 12); EXPECT("c", g.c, 27);
  return chk_exit();
}
