// RUN: %check %s
// LEVELS: -O0; -O2; -O3; -O3 -mavx2 -mfma; opt
#include "check.h"
static double dot(double *x, int n) { double s = 0; for (int i = 0; i < n / 2; i++) s += x[i] * x[n / 2 + i]; return s; }
static void saxpy(double *x, double *y) { for (int i = 0; i < 16; i++) y[i] = 2.5 * x[i] + x[i] * x[15 - i]; }
static void stencil(double *x, double *y) { for (int i = 1; i < 15; i++) y[i] = x[i - 1] - 2 * x[i] * x[i] + x[i + 1]; }
static double maximum(double *x, int n) { double m = x[0]; for (int i = 1; i < n; i++) m = x[i] > m ? x[i] : m; return m * m; }
static double conditional(double *x, int n) { double s = 0; for (int i = 0; i < n; i++) if (x[i] > 0.2) s += x[i] * x[i]; return s; }
int main(void) {
  double x[16];
  for (int i = 0; i < 16; i++) x[i] = sin(1.3 * i) + 0.1;
  CHECK_GRAD("dot", dot, x, 16);
  CHECK_JAC("saxpy", saxpy, x, 16, 16);
  CHECK_JAC("stencil", stencil, x, 16, 16);
  CHECK_GRAD("maximum", maximum, x, 16);
  CHECK_GRAD("conditional", conditional, x, 16);
  return chk_exit();
}
