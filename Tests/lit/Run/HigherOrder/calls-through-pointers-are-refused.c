// RUN: %check %s
// REFUSE: cannot differentiate 'slope': it is, or calls, a derivative that calls functions through pointers
// LEVELS: -O0; -O1
#include "check.h"
struct line { double a, b; };
typedef double (*shape)(const struct line *, double);
static double straight(const struct line *l, double t) { return l->a * t + l->b; }
static double square(const struct line *l, double t) { return l->a * l->a * t; }
static shape shapes[] = {straight, square};
static double f(double x) {
  struct line l = {x, 1};
  double s = x;
  for (volatile int i = 0; i < 2; i++) s = shapes[i](&l, s);
  return s;
}
static double slope(double x) { return AD(__nabla_autodiff_d((void *)f, x), chk_fd1(f, x)); }
int main(void) {
  CHECK1("second", slope, 0.7);
  return chk_exit();
}
