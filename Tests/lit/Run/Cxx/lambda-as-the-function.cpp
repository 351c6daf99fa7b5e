// RUN: %check %s
#include "check.h"
int main() {
  auto f = [](double x) { return std::sin(x) * x; };
  double (*plain)(double) = +[](double x) { return std::exp(2 * x); };
  double x = 0.7;
  EXPECT("lambda", AD(__nabla_autodiff_d((void *)+[](double x) { return std::sin(x) * x; }, x), std::cos(x) * x + std::sin(x)), std::cos(x) * x + std::sin(x));
  EXPECT("value", f(x) + plain(x), std::sin(x) * x + std::exp(2 * x));
  return chk_exit();
}
