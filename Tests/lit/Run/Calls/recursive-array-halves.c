// RUN: %check %s
#include "check.h"
/* In-place Haar wavelet transform, recursive. */
static void haar(double *x, int n) {
  double t[16];
  if (n < 2) return;
  for (int i = 0; i < n / 2; i++) { t[i] = (x[2 * i] + x[2 * i + 1]) * 0.5; t[n / 2 + i] = (x[2 * i] - x[2 * i + 1]) * x[2 * i]; }
  memcpy(x, t, n * sizeof *x);
  haar(x, n / 2);
}
static void whole(double *x) { haar(x, 8); }
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4, 0.8, 0.1, -0.2, 0.5};
  CHECK_MAP("haar", whole, x, 8);
  return chk_exit();
}
