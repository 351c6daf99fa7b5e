// RUN: %check %s
#include "check.h"
typedef struct { char tag; double a; int n; float b; double *p; short s[3]; double c; } Mixed;
static void shift(Mixed *m, int n) { for (int i = n - 1; i > 0; i--) memcpy(&m[i], &m[i - 1], sizeof *m); }
static double f(double *x, int n) {
  Mixed m[3], t;
  memset(m, 0, sizeof m);
  for (int i = 0; i < 3; i++) { m[i].a = x[i]; m[i].n = i; m[i].p = &x[i]; m[i].c = x[(i + 1) % n] * x[i]; m[i].tag = 'a'; }
  shift(m, 3);
  t = m[2];
  m[2] = m[0];
  m[0] = t;
  return m[0].a * m[1].c + *m[2].p * m[0].c * (m[0].n + 1) + t.a;
}
int main(void) {
  double x[] = {0.4, 1.2, -0.7};
  CHECK_GRAD("mixed", f, x, 3);
  return chk_exit();
}
