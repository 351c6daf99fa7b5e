// RUN: %check %s
/* A gradient-descent step inside the differentiated function: the derivative is part of the model. */
#include "check.h"
static double loss(double w, double target) { double r = tanh(w) - target; return r * r; }
static double slope(double w, double t) {
  double y = tanh(w);
  (void)y;
  return AD(__nabla_autodiff_d((void *)loss, nabla_out, w, nabla_const, t), 2 * (y - t) * (1 - y * y));
}
static double trained(double start, double target, double rate) {
  double w = start;
  for (int i = 0; i < 4; i++) w -= rate * slope(w, target);
  return w;
}
static double meta(double *x, int n) { (void)n; return trained(x[0], 0.5, x[1]); }
int main(void) {
  double x[] = {0.1, 0.3};
  CHECK_GRAD("meta", meta, x, 2);
  return chk_exit();
}
