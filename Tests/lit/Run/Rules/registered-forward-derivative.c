// RUN: %check %s
#include "check.h"
struct pt { double primal, tangent; };
static __attribute__((noinline)) double f(double x, double y) { return x * x * y; }
static struct pt f_forward(double x, double dx, double y, double dy) { struct pt r = {x * x * y, 100 * (2 * x * y * dx + x * x * dy)}; return r; }
void *__nabla_register_derivative_f[2] = {(void *)f, (void *)f_forward};
static double g(double x) { return f(x, 2.0) + f(1.0, x) * x; }
int main(void) {
  double x = 1.5;
  EXPECT("rule", AD(__nabla_fwddiff_d((void *)g, x, 1.0), 100 * (4 * x + x) + x), 100 * 4 * x + 100 * x + x);
  return chk_exit();
}
