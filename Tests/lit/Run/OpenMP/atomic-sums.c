// REQUIRES: openmp
// RUN: %check %s
// FLAGS: -fopenmp
// LIBS: -fopenmp
#include "check.h"
static double f(double *x, int n) {
  double s = 0, bins[4] = {0};
#pragma omp parallel for
  for (int i = 0; i < n; i++) {
#pragma omp atomic
    s += x[i] * x[i];
#pragma omp atomic update
    bins[i % 3] += sin(x[i]);
  }
  return s * bins[1] + bins[0] * bins[2];
}
int main(void) {
  double x[] = {0.4, 1.2, 0.7, -0.3, 0.9};
  CHECK_GRAD("atomic", f, x, 5);
  return chk_exit();
}
