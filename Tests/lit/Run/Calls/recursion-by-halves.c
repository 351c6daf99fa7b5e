// RUN: %check %s
#include "check.h"
/* Calls of itself in the middle and at the end, work before and after, and sizes that end at different depths. */
static void halves(double *a, double *b, int n, double k) {
  if (n == 1) return;
  int h = n / 2;
  for (int i = 0; i < h; i++) { b[i] = a[2 * i] * k; b[h + i] = a[2 * i + 1]; }
  halves(b, a, h, k * 0.9);
  halves(b + h, a + h, h, k);
  for (int i = 0; i < h; i++) { a[i] = b[i] + k * sin(b[h + i]); a[h + i] = b[i] * b[h + i]; }
}
static double last(const double *a, int n, double k) {
  if (n <= 1) return n == 1 ? sin(a[0]) * k : k;
  if (n % 3 == 0) return last(a, n / 3, last(a + n / 3, n / 3, k)) * a[n - 1] + last(a + 2 * (n / 3), n / 3, a[0]);
  return last(a + 1, n - 1, k * a[0] + a[1]);
}
static void three(double *a, int n, double k) {
  if (n < 1) return;
  if (n & 1) {
    three(a + 1, n / 2, k * 0.5);
    three(a, n / 4, k);
    for (int i = 0; i < n; i++) a[i] += k * a[i] * a[0];
  } else {
    for (int i = 0; i < n; i++) a[i] *= k + a[n - 1];
    three(a, n / 2, k);
    three(a + n / 2, n / 2, k * 0.7);
  }
}
static double whole(const double *x, int n) {
  double a[8], b[8], s = 0;
  for (int i = 0; i < n; i++) a[i] = x[i];
  halves(a, b, n, x[0]);
  for (int i = 0; i < n; i++) s += a[i] * x[n - 1 - i];
  s += last(x, n, x[2]);
  three(a, n - 1, 0.8);
  for (int i = 0; i < n; i++) s += a[i] * a[i];
  return s;
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4, 0.8, 0.1, -0.2, 0.5};
  CHECK_GRAD("halves", whole, x, 8);
  return chk_exit();
}
