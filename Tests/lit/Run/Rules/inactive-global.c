// RUN: %check %s
#include "check.h"
static double counter;
void *__nabla_inactive_global_counter = (void *)&counter;
static double f(double x) { counter += x * x; return x * x + 0 * counter; }
int main(void) {
  EXPECT("slope", AD(__nabla_autodiff_d((void *)f, 3.0), (counter = 9, 6)), 6);
  EXPECT("counted", counter, 9);
  return chk_exit();
}
