// RUN: %check %s
// SANITIZE
#include "check.h"
/* The count of a loop that is not entered is no number: nothing may be reserved for it. */
static double f(double *x, int n) {
  double s = 0;
  for (int m = -2; m < 4; m++)
    for (int i = 0; i < n; i++) {
      double p = x[i];
      for (int j = 0; j < m; j++) p *= sin(p) + x[(i + j) % n];
      s += p * p;
    }
  return s;
}
/* Left before the inner loop is reached. */
static double g(double *x, int n) {
  double s = 1;
  int m = (int)x[0] - 3;
  for (int i = 0; i < n; i++) {
    if (m <= 0 && x[i] > 0) break;
    int j = 0;
    do { s = sin(s * x[i]) + x[j]; } while (++j < m);
  }
  return s;
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("not-entered", f, x, 4);
  CHECK_GRAD("left", g, x, 4);
  x[0] = 5.5;
  CHECK_GRAD("entered", g, x, 4);
  return chk_exit();
}
