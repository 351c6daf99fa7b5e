// RUN: %check %s
// SANITIZE
#include "check.h"
static double cumulative(double *x, int n) {
  double sums[n + 1], squares[n][2];
  sums[0] = 0;
  for (int i = 0; i < n; i++) {
    squares[i][0] = x[i] * x[i];
    squares[i][1] = squares[i][0] * x[i];
    sums[i + 1] = sums[i] + squares[i][i & 1];
  }
  double s = 0;
  for (int k = 1; k <= n; k++) {
    double window[k];                      /* a new size each turn */
    for (int j = 0; j < k; j++) window[j] = sums[j + 1] * x[j];
    s += window[k - 1] * window[0];
  }
  return s;
}
int main(void) {
  double x[] = {0.9, 1.2, 0.7, -0.4};
  CHECK_GRAD("vla", cumulative, x, 4);
  CHECK_GRAD("vla-short", cumulative, x, 1);
  return chk_exit();
}
