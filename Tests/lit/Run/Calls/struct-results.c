// RUN: %check %s
#include "check.h"
typedef struct { double re, im; } Pair;
typedef struct { double v[3]; } Vec3;
typedef struct { double value; int iterations; } Solution;
static Pair times(Pair a, Pair b) { return (Pair){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re}; }
static Vec3 cross(Vec3 a, Vec3 b) {
  return (Vec3){{a.v[1] * b.v[2] - a.v[2] * b.v[1], a.v[2] * b.v[0] - a.v[0] * b.v[2], a.v[0] * b.v[1] - a.v[1] * b.v[0]}};
}
static Solution solve(double a) { Solution s = {1, 0}; while (fabs(s.value * s.value - a) > 1e-13) { s.value = 0.5 * (s.value + a / s.value); s.iterations++; } return s; }
static double f(double *x, int n) {
  Pair p = {x[0], x[1]}, q = {x[2], x[3]}, r = times(times(p, q), q);
  Vec3 a = {{x[0], x[1], x[2]}}, b = {{x[3], x[4], x[5]}}, c = cross(a, cross(a, b));
  Solution s = solve(2 + x[n - 1]);
  return r.re * r.im + c.v[0] + 2 * c.v[1] * c.v[2] + s.value;
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4, 0.3, 1.6};
  CHECK_GRAD("structs", f, x, 6);
  return chk_exit();
}
