// RUN: %clang -O0 -DFIRST -c %s -o %t.a.o
// RUN: %clang -O0 -c %s -o %t.b.o
// RUN: %clang %t.a.o %t.b.o -lm -o %t.exe
// RUN: %t.exe
// RUN: %clang -O2 -DFIRST -c %s -o %t.a.o
// RUN: %clang -O2 -c %s -o %t.b.o
// RUN: %clang %t.a.o %t.b.o -lm -o %t.exe
// RUN: %t.exe
/* The same function and the same request, as if from a header, in two objects of one program. */
#include "check.h"
__attribute__((weak)) double shared(double x) { return sin(x) * x; }
static inline double slope(double x) { return AD(__nabla_autodiff_d((void *)shared, x), cos(x) * x + sin(x)); }
#if defined(FIRST) || defined(NO_AD)
double other(double x);
int main(void) {
  EXPECT("here", slope(0.5), cos(0.5) * 0.5 + sin(0.5));
  EXPECT("there", other(0.5), cos(0.5) * 0.5 + sin(0.5));
  return chk_exit();
}
#endif
#if !defined(FIRST) || defined(NO_AD)
double other(double x) { return slope(x); }
#endif
