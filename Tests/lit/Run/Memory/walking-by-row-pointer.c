// RUN: %check %s
#include "check.h"
static double f(double *x, int n) {
  double s = 0, *row = x;
  int width = 3;
  for (int i = 0; i < n / width; i++, row += width) {
    double *p = row, *end = row + width, t = 1;
    while (p != end) { t *= *p; *p++ = t; }
    s += t * row[0];
  }
  return s;
}
static double backwards(const double *x, int n) { double s = 0; for (const double *p = x + n; p-- != x;) s = s * 0.7 + *p * *p; return s; }
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4, 1.1, 0.8};
  CHECK_GRAD("rows", f, x, 6);
  CHECK_GRAD("backwards", backwards, x, 6);
  return chk_exit();
}
