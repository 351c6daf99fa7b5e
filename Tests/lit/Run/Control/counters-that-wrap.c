// RUN: %check %s
#include "check.h"
static double f(double *x, int n) {
  double s = 0; (void)n;
  for (signed char c = 120; c > 0; c++) s += x[0] * c;                /* ends by wrapping (implementation) */
  for (unsigned char c = 250; c != 3; c++) s += x[c & 3] * x[1];
  for (unsigned i = 3; i < 4; i--) s = s * x[2] + x[i];                /* down past zero */
  for (uint8_t i = 0, j = 200; i < 10; i += 3, j += 30) s += sin(x[j % 4] * j * 0.01);
  for (int i = 10; i --> 0;) { if (i == 7) continue; if (i == 2) break; s += x[3] / i; }
  short k = 0;
  do { s += x[k % 4] * 0.1; k = (short)(k * 3 + 1); } while (k < 1000);
  size_t z = 5;
  while (z-- > 0) s -= x[z & 1] * x[z & 3];
  return s;
}
int main(void) {
  double x[] = {0.7, 0.9, 0.3, 1.2};
  CHECK_GRAD("counters", f, x, 4);
  return chk_exit();
}
