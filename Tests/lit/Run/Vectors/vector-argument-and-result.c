// RUN: %check %s
#include "check.h"
typedef double v2 __attribute__((vector_size(16)));
v2 __nabla_fwddiff_v2(void *, v2, v2);
static v2 f(v2 a) { v2 r = a * a; r[0] *= a[1]; return r; }
static v2 step(v2 a, double t) { return a + t * (v2){-a[1], a[0]}; }
static double orbit(double *x, int n) { v2 a = {x[0], x[1]}; for (int i = 0; i < 5; i++) a = step(a, x[n - 1]); return a[0] * a[1]; }
int main(void) {
  v2 x = {2, 3}, u = {1, 0.5}, want = {2 * 2 * 3 * 1 + 4 * 0.5, 2 * 3 * 0.5};
  v2 d = AD(__nabla_fwddiff_v2((void *)f, x, u), want);
  double y[] = {0.9, 1.2, 0.3};
  EXPECT("lane0", d[0], want[0]);
  EXPECT("lane1", d[1], want[1]);
  CHECK_GRAD("orbit", orbit, y, 3);
  return chk_exit();
}
