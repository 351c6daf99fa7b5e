// RUN: %check %s
#include "check.h"
static double power(double x, int n) { return n == 0 ? 1 : n % 2 ? x * power(x, n - 1) : power(x * x, n / 2); }
static double sum(const double *x, int n) { return n == 1 ? x[0] * x[0] : sum(x, n / 2) * 1.5 + sum(x + n / 2, n - n / 2); }
static double continued(double x, int depth) { return depth ? x + 1 / continued(x, depth - 1) : x; }
static double f(double x) { return power(x, 11) + continued(x, 6); }
static double pairwise(double *x, int n) { return sum(x, n); }
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4, 0.6};
  CHECK1("power", f, 1.1);
  CHECK_GRAD("pairwise", pairwise, x, 5);
  return chk_exit();
}
