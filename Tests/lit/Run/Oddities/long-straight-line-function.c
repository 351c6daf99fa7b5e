// RUN: %check %s
// LEVELS: -O0; -O1; -O2
#include "check.h"
/* Two thousand statements without a branch: compile time must stay in proportion. */
#define S1(i) t = sin(t * a) + 0.5 * sin(b); a = a - 0.001 * t * b; b = b + 0.002 * cos(a) * t; t = 0.5 * t + a * 0.1;
#define S5(i) S1(i) S1(i) S1(i) S1(i) S1(i)
#define S50(i) S5(i) S5(i) S5(i) S5(i) S5(i) S5(i) S5(i) S5(i) S5(i) S5(i)
#define S500(i) S50(i) S50(i) S50(i) S50(i) S50(i) S50(i) S50(i) S50(i) S50(i) S50(i)
static double f(double a, double b) { double t = 0.1; S500(0) return t + a * b; }
int main(void) {
  struct chk_2 r = {0, 0};
  double da = 0, db = 0;
  AD_DO(r = __nabla_autodiff_d2((void *)f, 0.3, 0.2), (r.a = r.b = 1, da = db = 1));
  da = AD(__nabla_fwddiff_d((void *)f, 0.3, 1.0, 0.2, 0.0), da);
  db = AD(__nabla_fwddiff_d((void *)f, 0.3, 0.0, 0.2, 1.0), db);
  EXPECT_TOL("da", r.a, da, 1e-7);
  EXPECT_TOL("db", r.b, db, 1e-7);
  return chk_exit();
}
