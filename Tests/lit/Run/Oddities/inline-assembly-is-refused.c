// RUN: %check %s
// REFUSE: (assembl|asm)
// LEVELS: -O0; -O2
#include "check.h"
static double f(double x) {
  double r = x;
  __asm__("mulsd %1, %0" : "+x"(r) : "x"(x));
  return r + x;
}
int main(void) {
  CHECK1("assembly", f, 3.0);
  return chk_exit();
}
