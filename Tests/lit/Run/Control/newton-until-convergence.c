// RUN: %check %s
#include "check.h"
/* Kepler's equation E - e sin E = M. */
static double kepler(double mean, double eccentricity) {
  double E = mean;
  for (int k = 0; k < 100; k++) {
    double step = (E - eccentricity * sin(E) - mean) / (1 - eccentricity * cos(E));
    E -= step;
    if (fabs(step) < 1e-15) break;
  }
  return E;
}
static double cube_root(double a) {
  double x = 1;
  while (fabs(x * x * x - a) > 1e-14 * a) x -= (x * x * x - a) / (3 * x * x);
  return x - (x * x * x - a) / (3 * x * x);
}
int main(void) {
  CHECK2("kepler", kepler, 1.3, 0.4);
  CHECK1("cube-root", cube_root, 5.0);
  return chk_exit();
}
