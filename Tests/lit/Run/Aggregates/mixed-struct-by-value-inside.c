// RUN: %check %s
#include "check.h"
typedef struct { double scale; const double *data; int n; } View;
static double sum(View v) { double s = 0; for (int i = 0; i < v.n; i++) s += v.data[i] * v.scale; return s; }
static View tail(View v) { View t = {v.scale * v.data[0], v.data + 1, v.n - 1}; return t; }
static double f(double *x, int n) {
  View v = {x[0], x, n}, w = tail(v);
  return sum(v) * sum(w) + sum(tail(w));
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("views", f, x, 4);
  return chk_exit();
}
