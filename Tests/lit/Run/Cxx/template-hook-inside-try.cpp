// RUN: %check %s
#include "check.h"
#include <stdexcept>
#include <vector>
/* A template that forwards to the hook, called beside destructors and inside try. */
template <class... A> double slope(double (*f)(double), A... a) { return __nabla_autodiff_d((void *)f, a...); }
static double f(double x) { if (x < 0) throw std::domain_error("negative"); return x * x * x; }
static double outcome(double x) {
  std::vector<double> kept{x, 2 * x};
  try { return AD(slope(f, x), (f(x), 3 * x * x)) + kept[1]; }
  catch (const std::domain_error &) { return kept[0]; }
}
int main() {
  EXPECT("fine", outcome(3), 33);
  EXPECT("thrown", outcome(-3), -3);
  return chk_exit();
}
