// RUN: %check %s
#include "check.h"
static double collatz_like(double x) {
  int steps = 0;
  for (;;) {
    if (x > 20) return x + steps;
    if (x < 0.1) return x * steps;
    x = x > 2 ? 0.5 * x * x - 0.7 : 2.5 * x + 0.3;
    if (++steps > 30) return -x;
  }
}
int main(void) {
  CHECK1("up", collatz_like, 0.4);
  CHECK1("up-more", collatz_like, 1.7);
  CHECK1("at-once", collatz_like, 25.0);
  CHECK1("low", collatz_like, 0.05);
  return chk_exit();
}
