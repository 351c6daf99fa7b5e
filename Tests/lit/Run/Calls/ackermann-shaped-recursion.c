// RUN: %check %s
#include "check.h"
/* The recursive call's result is an argument of another recursive call. */
static double nest(double x, int n) { return n <= 1 ? x * x : nest(0.5 * nest(x, n - 1) + 0.1, n - 2); }
static double f(double x) { return nest(x, 5); }
int main(void) {
  CHECK1("nest", f, 0.9);
  return chk_exit();
}
