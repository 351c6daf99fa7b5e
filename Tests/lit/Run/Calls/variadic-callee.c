// RUN: %check %s
// REFUSE: (vararg|variadic|va_arg|va_start)
// ALLOW-REFUSE
#include "check.h"
#include <stdarg.h>
static double total(int count, ...) {
  va_list list;
  double s = 0;
  va_start(list, count);
  while (count-- > 0) { double v = va_arg(list, double); s += v * v; }
  va_end(list);
  return s;
}
static double f(double *x, int n) { (void)n; return total(3, x[0], x[1] * x[2], x[2]); }
int main(void) {
  double x[] = {0.9, 1.2, -0.7};
  CHECK_GRAD("variadic", f, x, 3);
  return chk_exit();
}
