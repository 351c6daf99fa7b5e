// RUN: %check %s
// REFUSE: cannot tell which of the bytes copied to .* are floating-point numbers.*__nabla_double
#include "check.h"
/* One word: the optimiser moves it as an integer. */
struct one { double a[1]; };
static void copy(double *x, double *y) { *(struct one *)y = *(struct one *)x; }
int main() {
  double x[1] = {0.3};
  CHECK_JAC("copy", copy, x, 1, 1);
  return chk_exit();
}
