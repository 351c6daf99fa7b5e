// RUN: %check %s
#include "check.h"
#include <stdexcept>
/* An exception that leaves the differentiated function reaches the caller of the hook. */
static double f(double x) { if (x < 0) throw std::domain_error("negative"); return x * x; }
static double outcome(double x) {
  try { return AD(__nabla_autodiff_d((void *)f, x), (f(x), 2 * x)); }
  catch (const std::domain_error &) { return -1; }
}
int main() {
  EXPECT("fine", outcome(3), 6);
  EXPECT("thrown", outcome(-3), -1);
  return chk_exit();
}
