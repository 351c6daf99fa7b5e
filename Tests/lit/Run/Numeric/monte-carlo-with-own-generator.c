// RUN: %check %s
#include "check.h"
/* Integer state of a random generator beside active values. */
static double uniform(uint64_t *state) {
  uint64_t x = *state;
  x ^= x << 13; x ^= x >> 7; x ^= x << 17;
  *state = x;
  return (double)(x >> 11) / 9007199254740992.0;
}
static double f(double *p, int n) {
  uint64_t state = 88172645463325252ull;
  double s = 0;
  for (int path = 0; path < 20; path++) {
    double x = p[0];
    for (int t = 0; t < 5; t++) { double g = uniform(&state) + uniform(&state) - 1; x += p[1] * 0.1 + p[2] * x * g; if (x < 0) x = 0.1 * x; }
    s += x > 1 ? x - 1 : 0.01 * x;
  }
  return s / n;
}
int main(void) {
  double p[] = {0.95, 0.3, 0.4};
  CHECK_GRAD("paths", f, p, 3);
  return chk_exit();
}
