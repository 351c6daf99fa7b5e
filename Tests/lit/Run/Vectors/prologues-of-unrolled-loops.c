// RUN: %check %s
// LEVELS: -O0; -O2; -O3; opt; opt -O2; opt -O3
// Where a loop does not begin at a constant, what unrolling leaves over comes first; so it does in what vectors leave over.
// SANITIZE
#include "check.h"

// The columns of a triangular matrix: bounds that depend, one position that goes on.
static __attribute__((noinline)) void triangle(int d, const double *l, const double *x, double *out) {
  int position = 0;
  for (int i = 0; i < d; i++) out[i] = x[i] * (1 + x[i]);
  for (int i = 0; i < d; i++)
    for (int j = i + 1; j < d; j++) out[j] = out[j] + l[position++] * x[i];
}
static double columns(double *x, int n) {
  double *y = malloc(sizeof(double) * (n + 1)), *l = malloc(sizeof(double) * (n * n / 2 + 1)), s = 0;
  for (int i = 0; i < n * n / 2; i++) l[i] = x[i % n] * 0.1 + 0.01 * (i % 7);
  triangle(n, l, x, y);
  for (int i = 0; i < n; i++) s += y[i] * y[i];
  free(y);
  free(l);
  return s;
}
// Begins and ends anywhere; the buffers may overlap.
static __attribute__((noinline)) void part(double *y, const double *x, int from, int to) {
  for (int i = from; i < to; i++) y[i] = 0.3 * sin(x[i]) + 0.5 * y[i];
}
static double parts(double *x, int n) {
  double *y = calloc(n + 8, sizeof(double)), s = 0;
  for (int k = 0; k < 4; k++) {
    part(y, x, k, n);
    part(y, y + 3, n / 3, n);
    part(y + 1, y, k, n - k);
  }
  for (int i = 0; i < n; i++) s += y[i] * (1 + x[i]);
  free(y);
  return s;
}
// A recurrence is not vectorised, but unrolled, and its sum goes through both.
static double recurrence(double *x, int n) {
  double s = 0.3;
  for (int start = 0; start < n; start += 5)
    for (int i = start + 1; i < n; i++) s = s * x[i] + sin(s);
  return s;
}
// An odd one by hand is what it says.
static double byhand(double *restrict x, int n) {
  double *y = malloc(sizeof(double) * (n + 1)), s = 0;
  int i = 0;
  if (n & 1) {
    y[i] = x[i] * 3;
    i++;
  }
  for (; i != n; i += 2) {
    y[i] = x[i] * 2;
    y[i + 1] = x[i + 1] * 2;
  }
  for (i = 0; i < n; i++) s += y[i] * y[i];
  free(y);
  return s;
}
// Walks by pointer, downwards and upwards.
static double walking(double *restrict x, int n) {
  double *y = calloc(n + 1, sizeof(double)), s = 0;
  for (int i = 0; i < n; i++) {
    double *p = y + i;
    for (const double *q = x + i; q != x + n; q++) *p++ += *q * x[i];
    for (int j = n - 1; j >= i; j--) y[j] = y[j] * 0.5 + x[j];
  }
  for (int i = 0; i < n; i++) s += y[i] * y[i];
  free(y);
  return s;
}

int main(void) {
  double x[37];
  for (int i = 0; i < 37; i++) x[i] = 0.2 + 0.07 * ((i * 7) % 11) - 0.01 * i;
  int sizes[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 31, 37};
  for (int k = 0; k < 12; k++) {
    CHECK_GRAD("columns", columns, x, sizes[k]);
    CHECK_GRAD("parts", parts, x, sizes[k]);
    CHECK_GRAD("recurrence", recurrence, x, sizes[k]);
    CHECK_GRAD("by hand", byhand, x, sizes[k]);
    CHECK_GRAD("walking", walking, x, sizes[k]);
  }
  return chk_exit();
}
