// RUN: %check %s
#include "check.h"
extern int enzyme_const, enzyme_dup, enzyme_dupnoneed, enzyme_out, enzyme_width, enzyme_primal_return;
double __enzyme_autodiff(void *, ...);
double __enzyme_fwddiff_one(void *, ...);
void __enzyme_autodiff_pipe(void *, ...);
static double f(const double *x, double k, int n) { double s = 0; for (int i = 0; i < n; i++) s += k * x[i] * x[i]; return s; }
static void pipe(const double *in, double *out) { out[0] = in[0] * in[1]; out[1] = in[0] + in[1]; }
int main(void) {
  double x[] = {1, 2}, dx[] = {0, 0}, t[] = {1, 1}, out[2], dout[2] = {1, 10}, dk = 5;
  dk = AD(__enzyme_autodiff((void *)f, enzyme_dup, x, dx, enzyme_out, 3.0, enzyme_const, 2), dk);
  AD_DO((void)0, (dx[0] = 6, dx[1] = 12));
  EXPECT("dk", dk, 5);
  EXPECT("dx0", dx[0], 6);
  EXPECT("dx1", dx[1], 12);
  EXPECT("forward", AD(__enzyme_fwddiff_one((void *)f, enzyme_dup, x, t, 3.0, 1.0, enzyme_const, 2), 23), 6 + 12 + 5);
  dx[0] = dx[1] = 0;
  AD_DO(__enzyme_autodiff_pipe((void *)pipe, enzyme_dup, x, dx, enzyme_dupnoneed, out, dout), (dx[0] = 12, dx[1] = 11, dout[0] = dout[1] = 0));
  EXPECT("pipe0", dx[0], 2 + 10);
  EXPECT("pipe1", dx[1], 1 + 10);
  EXPECT("consumed", dout[0] + dout[1], 0);
  return chk_exit();
}
