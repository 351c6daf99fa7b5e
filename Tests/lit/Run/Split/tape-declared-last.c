// RUN: %check %s
// RUN: %clang -O1 -c %s -o %t.o 2>&1 | %filecheck %s
/* The tape comes first. Where the types tell which member is the tape, another order is taken as it is meant. */
// CHECK: warning: __enzyme_augmentfwd gives the tape first, but is declared to give it last; it is put where the declaration says; declare: struct Result { void *tape; double result; }; struct Result __enzyme_augmentfwd(void *f, 
#include "check.h"
struct result { double value; void *tape; };
struct result __enzyme_augmentfwd(void *, ...);
struct chk_2 __enzyme_reverse(void *, ...);
static double f(double x, double y) {
  for (int i = 0; i < 3; i++) x = sin(x) * y;
  return x;
}
#ifdef NO_AD
#define __enzyme_augmentfwd(f, ...) ((struct result){f(__VA_ARGS__), 0})
#define __enzyme_reverse(...) ((struct chk_2){0, 0})
#endif
int main(void) {
  struct result r = __enzyme_augmentfwd(f, 0.7, 1.2);
  EXPECT("value", r.value, f(0.7, 1.2));
  struct chk_2 d = __enzyme_reverse((void *)f, 0.7, 1.2, 2.0, r.tape);
  EXPECT_TOL("x", AD(d.a, 0), AD((f(0.7 + 1e-6, 1.2) - f(0.7 - 1e-6, 1.2)) / 1e-6, 0), 1e-6);
  EXPECT_TOL("y", AD(d.b, 0), AD((f(0.7, 1.2 + 1e-6) - f(0.7, 1.2 - 1e-6)) / 1e-6, 0), 1e-6);
  return chk_exit();
}
