// RUN: %check %s
#include "check.h"
typedef struct { double a[2]; struct { float w; double q; } in; } Inner;
typedef struct { Inner pair[2]; char label; double last; } Outer;
static Outer mix(const Outer *o) {
  Outer r = *o;
  r.pair[0] = o->pair[1];
  r.pair[1].a[0] = o->pair[0].a[1] * o->last;
  r.pair[1].in.q *= r.pair[0].in.q;
  r.last = o->label == 'x' ? r.pair[1].in.q * r.pair[1].a[0] : 0;
  return r;
}
static double f(double *x, int n) {
  Outer o = {{{{x[0], x[1]}, {1.5f, x[2]}}, {{x[3], x[4]}, {0.5f, x[5]}}}, 'x', x[n - 1]};
  Outer p = mix(&o), q = mix(&p);
  return q.last + p.pair[0].a[1] * q.pair[0].in.q + q.pair[1].a[0] * q.pair[0].in.w;
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4, -1.3, 1.1};
  CHECK_GRAD("nested", f, x, 6);
  return chk_exit();
}
