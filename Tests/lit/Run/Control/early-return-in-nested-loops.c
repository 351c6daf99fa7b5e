// RUN: %check %s
#include "check.h"
/* Sums rows until the running total passes a limit. */
static double until(double *x, int n) {
  double total = 0;
  for (int i = 0; i < n; i++) {
    for (int j = 0; j <= i; j++) {
      total += x[i] * x[j];
      if (total > 4.0) return total * x[j];
      if (x[j] < -10) return -1;
    }
    if (total < -50) return total * total;
  }
  return total;
}
int main(void) {
  double passes[] = {1, 0.5, 1.2, 2, 1.5}, stays[] = {0.1, 0.2, -0.3, 0.4, 0.5}, leaves[] = {0.1, -11, 0.3, 1, 1};
  CHECK_GRAD("passes", until, passes, 5);
  CHECK_GRAD("stays", until, stays, 5);
  CHECK_GRAD("leaves", until, leaves, 5);
  CHECK_GRAD("empty", until, stays, 1);
  return chk_exit();
}
