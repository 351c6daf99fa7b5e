// RUN: %check %s
#include "check.h"
static void smooth(double *x) { for (int i = 1; i < 7; i++) x[i] = 0.25 * x[i - 1] + 0.5 * x[i] * x[i] + 0.25 * x[i + 1]; }
static void prefix(double *x) { for (int i = 1; i < 8; i++) x[i] += x[i - 1]; }
static void normalise(double *x) { double s = 0; for (int i = 0; i < 8; i++) s += x[i] * x[i]; for (int i = 0; i < 8; i++) x[i] /= sqrt(s); }
static void reverse(double *x) { for (int i = 0; i < 4; i++) { double t = x[i]; x[i] = x[7 - i]; x[7 - i] = t * t; } }
int main(void) {
  double x[] = {0.1, 0.8, -0.4, 0.7, 1.2, -0.9, 0.3, 0.6};
  CHECK_MAP("smooth", smooth, x, 8);
  CHECK_MAP("prefix", prefix, x, 8);
  CHECK_MAP("normalise", normalise, x, 8);
  CHECK_MAP("reverse", reverse, x, 8);
  return chk_exit();
}
