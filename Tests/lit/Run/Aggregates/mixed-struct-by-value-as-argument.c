// RUN: %check %s
// REFUSE: (by pointer|by value|aggregate)
// ALLOW-REFUSE
/* A struct with a double and a pointer has nowhere to put the double's adjoint in reverse mode. */
#include "check.h"
typedef struct { double scale; double *data; long n; } View;
static double sum(View v) { double s = 0; for (long i = 0; i < v.n; i++) s += v.data[i] * v.data[i] * v.scale; return s; }
double __nabla_autodiff_view(double (*)(View), View, View);
int main(void) {
  double x[] = {1, 2}, dx[] = {0, 0};
  View v = {3, x, 2}, d = {0, dx, 2};
  AD_DO(__nabla_autodiff_view(sum, v, d), (dx[0] = 6, dx[1] = 12));
  EXPECT("dx0", dx[0], 6);
  EXPECT("dx1", dx[1], 12);
  return chk_exit();
}
