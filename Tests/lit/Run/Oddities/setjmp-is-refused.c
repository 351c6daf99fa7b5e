// RUN: %check %s
// REFUSE: setjmp
// LEVELS: -O0; -O2
#include "check.h"
#include <setjmp.h>
static jmp_buf escape;
static double guarded(double x) { if (x < 0) longjmp(escape, 1); return sqrt(x); }
static double f(double x) { if (setjmp(escape)) return 0; return guarded(x - 1) * x; }
int main(void) {
  CHECK1("setjmp", f, 3.0);
  return chk_exit();
}
