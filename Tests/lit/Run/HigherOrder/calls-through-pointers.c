// RUN: %check %s
/* Second derivatives of code that calls through pointers: in tables, in structures, chosen by data. */
#include "check.h"
struct line { double a, b; };
typedef double (*shape)(const struct line *, double);
static double straight(const struct line *l, double t) { return l->a * l->a * t + l->b * t * t; }
static double square(const struct line *l, double t) { return l->a * l->a * t * sin(t); }
static shape shapes[] = {straight, square};
static double f(double x) {
  struct line l = {x, 1};
  double s = x;
  for (volatile int i = 0; i < 3; i++) s = shapes[i % 2](&l, s);
  return s;
}
typedef double (*unary)(double);
static double cube(double v) { return v * v * v; }
static double wave(double v) { return sin(2 * v); }
struct op { unary apply; double weight; };
static double g(double x) {
  struct op list[3] = {{cube, 0.3}, {exp, x}, {wave, 0.5}};
  double s = 0;
  for (volatile int i = 0; i < 3; i++) s += list[i].weight * list[i].apply(x + s);
  return s;
}
static void scale(double *v, double by) { v[0] *= by * v[1]; v[1] += by * by; }
static void shift(double *v, double by) { v[0] += sin(v[1] * by); }
static double h(double x) {
  void (*step)(double *, double) = x > 0 ? scale : shift;
  double v[2] = {x * x, x};
  for (volatile int i = 0; i < 3; i++) {
    step(v, x);
    step = i % 2 ? scale : shift;
  }
  return v[0] * v[1];
}
#define DERIVATIVES(F) \
  static double F##_reverse(double x) { return AD(__nabla_autodiff_d((void *)F, x), chk_fd1(F, x)); } \
  static double F##_forward(double x) { return AD(__nabla_fwddiff_d((void *)F, x, 1.0), chk_fd1(F, x)); } \
  static double F##_taped(double x) { \
    return AD(__nabla_fwdsplit_d((void *)F, x, 1.0, __nabla_augmentfwd_d((void *)F, nabla_dup, x, 1.0).tape), chk_fd1(F, x)); \
  }
DERIVATIVES(f)
DERIVATIVES(g)
DERIVATIVES(h)
int main(void) {
  CHECK1("f", f, 0.7);
  CHECK1("of reverse", f_reverse, 0.7);
  CHECK1("of forward", f_forward, 0.7);
  CHECK1("of a tape", f_taped, 0.7);
  CHECK1("g", g, 0.4);
  CHECK1("of reverse", g_reverse, 0.4);
  CHECK1("of forward", g_forward, 0.4);
  CHECK1("of a tape", g_taped, 0.4);
  CHECK1("h", h, 0.8);
  CHECK1("of reverse", h_reverse, 0.8);
  CHECK1("of forward", h_forward, 0.8);
  CHECK1("of a tape", h_taped, 0.8);
  return chk_exit();
}
