// RUN: %check %s
#include "check.h"
double __nabla_call_inactive(void *, ...);
static __attribute__((noinline)) double scale(double x) { return x * x; }
static double f(double x) { return AD(__nabla_call_inactive((void *)scale, x), scale(x)) * sin(x); }
static double plain(double x) { return scale(x) * sin(x); }
int main(void) {
  EXPECT("detached", AD(__nabla_autodiff_d((void *)f, 2.0), 4 * cos(2.0)), 4 * cos(2.0));
  EXPECT("forward", AD(__nabla_fwddiff_d((void *)f, 2.0, 1.0), 4 * cos(2.0)), 4 * cos(2.0));
  EXPECT("value", f(2.0), plain(2.0));
  CHECK1("plain", plain, 2.0);
  return chk_exit();
}
