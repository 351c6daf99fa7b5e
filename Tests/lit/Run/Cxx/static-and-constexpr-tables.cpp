// RUN: %check %s
#include "check.h"
static constexpr double nodes[3] = {-0.7745966692414834, 0, 0.7745966692414834}, weights[3] = {5.0 / 9, 8.0 / 9, 5.0 / 9};
static double gauss(double a, double b, double k) { double s = 0; for (int i = 0; i < 3; i++) { double t = 0.5 * (b - a) * nodes[i] + 0.5 * (a + b); s += weights[i] * std::exp(-k * t * t); } return 0.5 * (b - a) * s; }
static double cached(int i) { static double table[4] = {}; static bool ready = false; if (!ready) { for (int k = 0; k < 4; k++) table[k] = 1.0 / (k + 1); ready = true; } return table[i]; }
static double f(double *x, int n) { double s = 0; for (int i = 0; i < n; i++) s += gauss(x[0], x[1] + i, x[2]) * cached(i); return s; }
int main() {
  double x[] = {0.1, 1.2, 0.7};
  CHECK_GRAD("tables", f, x, 3);
  return chk_exit();
}
