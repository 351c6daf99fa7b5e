// REQUIRES: openmp
// RUN: %check %s
// FLAGS: -fopenmp
// LIBS: -fopenmp
#include "check.h"
extern int omp_get_thread_num(void), omp_get_num_threads(void);
static void squares(double *x, double *y, int n) {
#pragma omp parallel for
  for (int i = 0; i < n; i++) y[i] = x[i] * x[i] * (i + 1);
}
static double plain(double *x, int n) {
  double y[16], s = 0;
  squares(x, y, n);
  for (int i = 0; i < n; i++) s += y[i] * x[0];
  return s;
}
static double reduction(double *x, int n) {
  double s = 0, p = 1;
#pragma omp parallel for reduction(+ : s) reduction(* : p) schedule(static, 2)
  for (int i = 0; i < n; i++) {
    s += x[i] * x[i];
    p *= 1 + 0.1 * x[i];
  }
  return s * p;
}
static double dynamic(double *x, int n) {
  double y[8] = {0}, k = x[0];
  int base = 2;
#pragma omp parallel for schedule(dynamic, 1) firstprivate(k, base)
  for (long i = 0; i < (long)n; i++) {
    k += 0;
    y[i] = sin(x[i] * k) + base;
  }
#pragma omp parallel for schedule(guided)
  for (int i = 0; i < n; i++) y[i] *= x[i];
  double s = 0;
  for (int i = 0; i < n; i++) s += y[i];
  return s;
}
static double by_hand(double *x, int n) {
  double part[64] = {0};
#pragma omp parallel
  {
    int me = omp_get_thread_num(), all = omp_get_num_threads();
    for (int i = me; i < n; i += all) part[me] += x[i] * x[(i + 1) % n];
  }
  double s = 0;
  for (int i = 0; i < 64; i++) s += part[i];
  return s;
}
static double sections(double *x, int n) {
  double total = 0, last = 0, matrix[3][3];
#pragma omp parallel
  {
#pragma omp for collapse(2)
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++) matrix[i][j] = x[i % n] * x[j % n];
#pragma omp for lastprivate(last)
    for (int i = 0; i < n; i++) {
      last = x[i] * x[i];
#pragma omp critical
      total += last * matrix[i % 3][1];
    }
#pragma omp single
    total *= 1.5;
#pragma omp barrier
#pragma omp master
    total += x[0];
  }
  return total + last * last;
}
int main(void) {
  double x[] = {0.4, 1.2, 0.7, -0.3, 0.9};
  CHECK_GRAD("loop", plain, x, 5);
  CHECK_GRAD("reduction", reduction, x, 5);
  CHECK_GRAD("dynamic", dynamic, x, 5);
  CHECK_GRAD("by hand", by_hand, x, 5);
  CHECK_GRAD("sections", sections, x, 5);
  return chk_exit();
}
