// RUN: %check %s
#include "check.h"
#include <stdexcept>
#include <vector>
static int alive;
struct Counted { Counted() { alive++; } ~Counted() { alive--; } };
static double f(double *x, int n) {
  Counted outer;
  std::vector<double> v;
  for (int i = 0; i < n; i++) {
    Counted inner;
    if (x[i] < 0) throw std::domain_error("negative");
    v.push_back(std::sqrt(x[i]) * x[0]);
  }
  double s = 0;
  for (double a : v) s += a;
  return s;
}
static double outcome(double *x, double *dx, int n) {
  try {
    AD_DO(__nabla_autodiff_v((void *)f, nabla_dup, x, dx, n), f(x, n));
    return 1;
  } catch (const std::domain_error &) { return -1; }
}
int main() {
  double x[] = {0.9, 1.2, 0.7}, dx[3] = {0, 0, 0};
  CHECK_GRAD("fine", f, x, 3);
  EXPECT("returned", outcome(x, dx, 3), 1);
  x[1] = -1;
  EXPECT("thrown", outcome(x, dx, 3), -1);
  EXPECT("alive", alive, 0);
  return chk_exit();
}
