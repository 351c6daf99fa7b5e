// RUN: %check %s
#include "check.h"
typedef struct { double a, b; int tag; double c[2]; } Record;
static double f(double *x, int n) {
  double t[8];
  memset(t, 0, sizeof t);
  memcpy(t, x, n * sizeof *t);
  memmove(t + 1, t, (n - 1) * sizeof *t);          /* overlaps */
  t[0] *= x[1];
  double s = 0;
  for (int i = 0; i < 8; i++) s += t[i] * t[i] * (i + 1);
  memset(x + 1, 0, sizeof *x);
  return s + x[1] * 5;
}
static double records(double *x, int n) {
  Record r = {x[0], x[1], n, {x[2], x[3]}}, q;
  memcpy(&q, &r, sizeof r);
  memset(&r, 0, sizeof r);
  memcpy(&q.c, &q.a, sizeof q.c);
  return q.a * q.b * q.c[0] + q.c[1] * q.tag + r.a;
}
static void rotate(double *x) { double t = x[0]; memmove(x, x + 1, 4 * sizeof *x); x[4] = t * x[2]; }
int main(void) {
  double x[] = {0.9, 1.2, 0.7, 1.4, -0.3, 0.2};
  CHECK_GRAD("arrays", f, x, 6);
  CHECK_GRAD("records", records, x, 4);
  CHECK_MAP("rotate", rotate, x, 5);
  return chk_exit();
}
