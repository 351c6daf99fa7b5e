// RUN: %check %s
// REFUSE: qsort
// ALLOW-REFUSE
#include "check.h"
static int ascending(const void *a, const void *b) { double x = *(const double *)a, y = *(const double *)b; return (x > y) - (x < y); }
static double weighted(double *x, int n) {
  double s = 0;
  qsort(x, n, sizeof *x, ascending);
  for (int i = 0; i < n; i++) s += (i + 1) * x[i] * x[i];
  return s;
}
int main(void) {
  double x[] = {0.4, 1.2, -0.7, 0.8, 0.3};
  CHECK_GRAD("sorted", weighted, x, 5);
  return chk_exit();
}
