// RUN: %check %s
#include "check.h"
#include <stdbool.h>
struct flags { unsigned positive : 1, large : 1, kind : 3; bool used; };
static struct flags look(double v, int i) { struct flags f = {v > 0, fabs(v) > 1, (unsigned)i & 7u, v != 0}; return f; }
static double f(double *x, int n) {
  struct flags kept[8];
  double s = 1;
  for (int i = 0; i < n; i++) kept[i] = look(x[i] * s, i), s += kept[i].positive ? x[i] : -x[i] * x[i];
  for (int i = n - 1; i >= 0; i--) { bool both = kept[i].positive && kept[i].large; s = both ? s * x[i] : s + kept[i].kind * x[i]; }
  return s;
}
int main(void) {
  double x[] = {0.4, 1.2, -0.7, 0.9, 2.0};
  CHECK_GRAD("flags", f, x, 5);
  return chk_exit();
}
