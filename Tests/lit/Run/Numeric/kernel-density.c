// RUN: %check %s
#include "check.h"
static double likelihood(double *x, int n) {
  double h = x[n - 1], total = 0;
  for (int i = 0; i < n - 1; i++) {
    double density = 0;
    for (int j = 0; j < n - 1; j++) { if (i == j) continue; double z = (x[i] - x[j]) / h; density += exp(-0.5 * z * z) / (h * sqrt(2 * M_PI)); }
    total += log(density / (n - 2));
  }
  return total;
}
int main(void) {
  double x[] = {0.4, 1.2, -0.7, 0.5, 1.0, 0.8};
  CHECK_GRAD("leave-one-out", likelihood, x, 6);
  return chk_exit();
}
