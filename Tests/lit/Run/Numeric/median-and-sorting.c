// RUN: %check %s
#include "check.h"
static void order(double *a, double *b) { double lo = fmin(*a, *b), hi = fmax(*a, *b); *a = lo; *b = hi; }
static double median(double *x, int n) {
  double v[5];
  memcpy(v, x, n * sizeof *v);
  order(v, v + 1); order(v + 3, v + 4); order(v + 2, v + 4); order(v + 2, v + 3); order(v + 1, v + 4);
  order(v, v + 3); order(v, v + 2); order(v + 1, v + 3); order(v + 1, v + 2);
  return v[2] * v[2] + v[0] * v[4];
}
static void insertion(double *v) { for (int i = 1; i < 5; i++) { double k = v[i]; int j = i - 1; for (; j >= 0 && v[j] > k; j--) v[j + 1] = v[j]; v[j + 1] = k * k; } }
static void quick(double *v, int lo, int hi) {
  if (lo >= hi) return;
  double pivot = v[(lo + hi) / 2];
  int i = lo, j = hi;
  while (i <= j) {
    while (v[i] < pivot) i++;
    while (v[j] > pivot) j--;
    if (i <= j) { double t = v[i]; v[i++] = v[j]; v[j--] = t; }
  }
  quick(v, lo, j);
  quick(v, i, hi);
}
static double trimmed(double *x, int n) { double s = 0; quick(x, 0, n - 1); for (int i = 1; i < n - 1; i++) s += x[i] * i; return s * x[0]; }
int main(void) {
  double x[] = {0.4, 1.2, -0.7, 0.9, 0.3};
  CHECK_GRAD("median", median, x, 5);
  CHECK_MAP("insertion", insertion, x, 5);
  CHECK_GRAD("trimmed", trimmed, x, 5);
  return chk_exit();
}
