// RUN: %check %s
#include "check.h"
static double seen;
static __attribute__((noinline)) double observe(double x) { seen += x; return x * x; }
void *__nabla_inactivefn_observe = (void *)observe;
static double f(double x) { return observe(x) + 3 * x; }
int main(void) {
  EXPECT("inactive", AD(__nabla_autodiff_d((void *)f, 2.0), (seen = 2, 3)), 3);
  EXPECT("called-once", seen, 2);
  EXPECT("forward", AD(__nabla_fwddiff_d((void *)f, 2.0, 1.0), (seen = 4, 3)), 3);
  EXPECT("called-again", seen, 4);
  return chk_exit();
}
