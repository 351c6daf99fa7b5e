// RUN: %check %s
#include "check.h"
/* The inner value is kept from one row to the next. */
static double f(double *x, int n) {
  double kept = 1, s = 0;
  for (int i = 0; i < n; i++) {
    double row = 0;
    for (int j = 0; j < i; j++) { row += x[j] * kept; kept = cos(row); }
    for (int j = i + 1; j < n; j++) row -= x[j] * x[i] * 0.1;
    s += row * row * x[i];
  }
  return s + kept;
}
int main(void) {
  double x[] = {0.4, 0.8, -0.3, 1.2, 0.7};
  CHECK_GRAD("triangular", f, x, 5);
  return chk_exit();
}
