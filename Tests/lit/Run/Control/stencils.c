// RUN: %check %s
// LEVELS: -O0; -O1; -O2; -O3; opt; opt -O2; opt -O3
// Reads that walk side by side: places get their adjoints from several iterations.
// SANITIZE
#include "check.h"

// Three and five neighbours, boundaries treated apart.
static double three(double *restrict x, int n) {
  double s = 0;
  for (int i = 1; i + 1 < n; i++) s += x[i - 1] * x[i] * sin(x[i + 1]);
  return s;
}
static double five(double *restrict x, int n) {
  double *y = malloc(sizeof(double) * n), s = 0;
  for (int i = 0; i < n; i++) y[i] = x[i];
  for (int i = 2; i + 2 < n; i++) y[i] = x[i - 2] * x[i + 1] + x[i - 1] * x[i + 2] + x[i] * x[i] * x[i + 2];
  for (int i = 0; i < n; i++) s += y[i] * y[i];
  free(y);
  return s;
}
// Loops of one and of two iterations, and none.
static double shortloops(double *restrict x, int n) {
  double s = 0;
  for (int k = 0; k < 3; k++)
    for (int i = 1; i < 1 + k; i++) s += cos(x[i - 1]) * x[i] * x[i + 1];
  return s + x[n - 1];
}
// Downwards, in steps of two, places left out.
static double strides(double *restrict x, int n) {
  double s = 0;
  for (int i = n - 2; i >= 1; i--) s += x[i + 1] * exp(0.1 * x[i]) * x[i - 1];
  for (int i = 2; i + 2 < n; i += 2) s += x[i - 2] * x[i] * x[i + 2] + x[i + 1] * x[i - 1];
  for (int i = 3; i + 1 < n; i++) s += x[i - 3] * x[i] * x[i + 1];
  return s;
}
// The same element by two ways, and more than the waiting places can hold.
static double wide(double *restrict x, int n) {
  double s = 0;
  for (int i = 0; i + 11 < n; i++) s += x[i] * x[i + 1] * x[i + 2] + x[i + 1] * sin(x[i + 11]) + x[i + 4] * x[i + 5];
  return s;
}
// Read under a condition: not every iteration has a share.
static double some(double *restrict x, int n) {
  double s = 0;
  for (int i = 1; i + 1 < n; i++) {
    s += x[i] * x[i - 1];
    if (x[i] > 0.5) s += x[i + 1] * x[i];
  }
  return s;
}
// The loop writes what it reads: nothing may wait.
static double inplace(double *x, int n) {
  double s = 0;
  for (int t = 0; t < 3; t++)
    for (int i = 1; i + 1 < n; i++) x[i] = 0.5 * x[i] + 0.2 * x[i - 1] * x[i + 1];
  for (int i = 0; i < n; i++) s += x[i] * x[i];
  return s;
}
// Two dimensions and time, copied back.
static double heat(double *restrict x, int m) {
  int n = 5;
  double a[25], b[25], s = 0;
  for (int i = 0; i < n * n; i++) a[i] = b[i] = x[i];
  for (int t = 0; t < 4; t++) {
    for (int i = 1; i + 1 < n; i++)
      for (int j = 1; j + 1 < n; j++) {
        int k = i * n + j;
        b[k] = a[k] + 0.1 * x[k] * (a[k - 1] + a[k + 1] + a[k - n] + a[k + n] - 4 * a[k] * a[k]);
      }
    for (int i = 0; i < n * n; i++) a[i] = b[i];
  }
  for (int i = 0; i < n * n; i++) s += a[i] * a[i];
  return s + 0 * m;
}
// Fields of structures side by side.
struct cell { double u, v; };
static double fields(double *restrict x, int n) {
  struct cell c[12];
  double s = 0;
  for (int i = 0; i < n / 2; i++) c[i].u = x[2 * i], c[i].v = x[2 * i + 1];
  for (int i = 1; i < n / 2; i++) s += c[i].u * c[i - 1].v * c[i - 1].u + c[i].v * c[i].v;
  return s;
}
// Order: each element by itself, with a running sum beside; a prefix sum; a recurrence.
static double orders(double *restrict x, int n) {
  double y[25], z[25], s = 0, p = 0, r = 0.3;
  for (int i = 0; i < n; i++) {
    y[i] = sin(x[i]) * x[i];
    s += y[i] * x[i];
  }
  for (int i = 0; i < n; i++) {
    p += y[i] * y[i];
    z[i] = p * x[i];
  }
  for (int i = 0; i < n; i++) r = r * cos(z[i]) + x[i];
  for (int i = 0; i < n; i++) s += z[i] * (i == 3 ? r : 1);
  return s + r * r;
}
// The last value of something is used after the loop.
static double last(double *restrict x, int n) {
  double y[25], v = 0, s = 0;
  for (int i = 0; i < n; i++) {
    v = x[i] * x[i];
    y[i] = v * 0.5;
  }
  for (int i = 0; i < n; i++) s += y[i] * v;
  return s;
}

int main(void) {
  double x[25];
  for (int i = 0; i < 25; i++) x[i] = 0.2 + 0.07 * ((i * 7) % 11) - 0.02 * i;
  CHECK_GRAD("three", three, x, 25);
  CHECK_GRAD("three of three", three, x, 3);
  CHECK_GRAD("three of two", three, x, 2);
  CHECK_GRAD("five", five, x, 25);
  CHECK_GRAD("five of five", five, x, 5);
  CHECK_GRAD("five of six", five, x, 6);
  CHECK_GRAD("short loops", shortloops, x, 5);
  CHECK_GRAD("strides", strides, x, 25);
  CHECK_GRAD("wide", wide, x, 25);
  CHECK_GRAD("some", some, x, 25);
  CHECK_GRAD("in place", inplace, x, 12);
  CHECK_GRAD("heat", heat, x, 25);
  CHECK_GRAD("fields", fields, x, 24);
  CHECK_GRAD("orders", orders, x, 25);
  CHECK_GRAD("last", last, x, 25);
  return chk_exit();
}
