// RUN: %check %s
#include "check.h"
static __thread double scratch[4];
static _Thread_local double total;
static void put(int i, double v) { scratch[i] = v * v; total += v; }
static double f(double *x, int n) {
  total = 0;
  for (int i = 0; i < n; i++) put(i, x[i]);
  double s = total;
  for (int i = 0; i < n; i++) s += scratch[i] * total;
  total = 0;
  for (int i = 0; i < n; i++) scratch[i] = 0;
  return s;
}
int main(void) {
  double x[] = {0.4, 1.2, -0.7};
  CHECK_GRAD("thread-local", f, x, 3);
  return chk_exit();
}
