// RUN: %check %s
// LEVELS: -O0; -O2; opt
#include "check.h"
#include <iterator>
#include <valarray>
static double f(double *x, int n) {
  std::valarray<double> a(x, n), b = std::sin(a) * a + 2.0;
  double s = (a * b).sum() + b.max();
  for (auto it = std::make_reverse_iterator(x + n); it != std::make_reverse_iterator(x); ++it) s = 0.7 * s + *it * *it;
  return s;
}
int main() {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("valarray", f, x, 4);
  return chk_exit();
}
