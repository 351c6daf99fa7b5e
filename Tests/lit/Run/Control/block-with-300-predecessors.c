// RUN: %check %s
// LEVELS: -O0; -O2
#include "check.h"
#define A(i) case i: s = s * x[(i) % 7] + 0.1 * (i); break;
#define B(i) A(i) A(i + 1) A(i + 2) A(i + 3) A(i + 4) A(i + 5) A(i + 6) A(i + 7) A(i + 8) A(i + 9)
#define C(i) B(i) B(i + 10) B(i + 20) B(i + 30) B(i + 40) B(i + 50) B(i + 60) B(i + 70) B(i + 80) B(i + 90)
static const int order[12] = {3, 299, 256, 0, 257, 128, 270, 12, 44, 255, 298, 1};
static double f(double *x, int n) {
  double s = x[0];
  for (int k = 0; k < 12; k++) switch (order[k]) { C(0) C(100) C(200) default: s -= x[1]; }
  return s * x[n - 1];
}
int main(void) {
  double x[] = {0.4, 1.2, 0.7, -0.3, 0.9, 1.1, 0.6};
  CHECK_GRAD("large switch", f, x, 7);
  return chk_exit();
}
