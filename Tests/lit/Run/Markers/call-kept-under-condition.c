// RUN: %check %s
/* Hook calls in branches and loops, not only in straight lines. */
#include "check.h"
static double f(double x) { return x * x * x; }
static double g(double x) { return sin(x); }
int main(int argc, char **argv) {
  double s = 0;
  for (int i = 0; i < 4; i++) {
    if (i % 2) s += AD(__nabla_autodiff_d((void *)f, (double)i), 3.0 * i * i);
    else s += AD(__nabla_autodiff_d((void *)g, (double)i), cos(i));
  }
  EXPECT("sum", s, 3 + 27 + 1 + cos(2));
  double (*chosen)(double) = argc > 1 ? f : g;
  EXPECT("plain", chosen(0.5), sin(0.5));
  return chk_exit();
}
