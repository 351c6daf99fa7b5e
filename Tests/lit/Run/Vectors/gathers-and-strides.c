// RUN: %check %s
// LEVELS: -O0; -O3; -O3 -mavx2; opt
#include "check.h"
static const int index_of[16] = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3};
static double gather(double *x, int n) { double s = 0; for (int i = 0; i < n; i++) s += x[index_of[i]] * x[i]; return s; }
static void stride(double *x, double *y) { for (int i = 0; i < 8; i++) y[i] = x[2 * i] * x[2 * i] - x[2 * i + 1]; }
static void interleave(double *x, double *y) { for (int i = 0; i < 8; i++) { y[2 * i] = x[i] * x[i + 8]; y[2 * i + 1] = x[i] - x[i + 8] * x[i + 8]; } }
static void masked(double *x, double *y) { for (int i = 0; i < 16; i++) if (index_of[i] > 4) y[i] = sqrt(x[i]) * x[index_of[i]]; }
int main(void) {
  double x[16];
  for (int i = 0; i < 16; i++) x[i] = 1.5 + sin(1.7 * i);
  CHECK_GRAD("gather", gather, x, 16);
  CHECK_JAC("stride", stride, x, 16, 8);
  CHECK_JAC("interleave", interleave, x, 16, 16);
  CHECK_JAC("masked", masked, x, 16, 16);
  return chk_exit();
}
