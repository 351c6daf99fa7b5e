// RUN: %check %s
#include "check.h"
static double work[8], table[4] = {1, 2, 4, 8};
static const double weights[4] = {0.1, 0.2, 0.3, 0.4};
double visible_total;
static void fill(const double *x, int n) { for (int i = 0; i < n; i++) work[i] = x[i] * table[i % 4] * weights[i % 4]; }
static double drain(int n) { double s = 0; for (int i = 0; i < n; i++) { s += work[i] * work[i]; work[i] = 0; } return s; }
static double f(double *x, int n) {
  fill(x, n);
  double s = drain(n);
  fill(x, n / 2);            /* called a second time */
  visible_total = s * x[0];
  return s + drain(n) + visible_total;
}
int main(void) {
  double x[] = {0.9, 1.2, 0.7, 1.4, -0.3, 0.2};
  CHECK_GRAD("work", f, x, 6);
  CHECK_GRAD("work-again", f, x, 4);
  return chk_exit();
}
