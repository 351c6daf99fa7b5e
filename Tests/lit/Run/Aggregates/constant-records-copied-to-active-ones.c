// RUN: %check %s
/* A record without derivative overwrites one with, in a function that calls itself: found by random programs. */
#include "check.h"
struct record { double a; int k; double v[4]; double b; };
static __attribute__((noinline)) double step(double a, double *p, int depth) {
  struct record s = {a, 3, {0.1, 0.467, 0.3, 0.4}, 0.079};
  struct record all[3] = {{0.2, 1, {a}, 0.1}, {a, 2, {0.3}, 0.4}, {0.660, 0, {0.5, 0.1}, 0.2}};
  if (depth <= 0) return 0.3 * sin(a) + 0.2 * p[1];
  double kept = s.a * all[depth % 3].a;
  { struct record r = all[(2 * 5 + 1) % 3]; s = r; }
  double below = 0.6 * step(s.v[(1 + s.k) % 4] + 0.3 * kept, p, depth - 1) + 0.2 * a;
  return below + sin(0.1 * all[1].v[1]) * a;
}
static double f(double *x, int n) { return step(x[0] * x[n - 1], x, 4); }
/* A field of a structure whose array is indexed: an integer beside numbers. */
static __attribute__((noinline)) struct record turned(struct record u, double a) {
  int k = 3;
  for (int i = 0; i < 5; i++) {
    u.v[k % 4] = 0.5 * a + u.v[(k + 1) % 4];
    k = (int)(3.0 + 2.9 * sin(a));
  }
  u.a = sin(0.103 * u.v[3]);
  return u;
}
static double g(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    struct record u = {0.5, 5, {x[i], 0.2, 0.3, x[0]}, 0.1};
    u = turned(u, x[n - 1]);
    s += u.a + u.b * u.v[1] * u.k;
  }
  return s;
}
int main(void) {
  double x[] = {0.4, 1.2, 0.7};
  CHECK_GRAD("recursion", f, x, 3);
  CHECK_GRAD("field", g, x, 3);
  return chk_exit();
}
