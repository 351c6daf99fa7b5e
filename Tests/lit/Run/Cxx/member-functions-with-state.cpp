// RUN: %check %s
#include "check.h"
class Adam {
  double m = 0, v = 0, rate;
  int t = 0;
public:
  explicit Adam(double rate) : rate(rate) {}
  double step(double w, double g) { t++; m = 0.9 * m + 0.1 * g; v = 0.99 * v + 0.01 * g * g; return w - rate * (m / (1 - std::pow(0.9, t))) / (std::sqrt(v / (1 - std::pow(0.99, t))) + 1e-3); }
};
static double f(double *x, int n) { Adam a(x[1]); double w = x[0]; for (int i = 0; i < 5; i++) w = a.step(w, 2 * (w - x[n - 1])); return w * w; }
int main() {
  double x[] = {0.9, 0.1, -0.7};
  CHECK_GRAD("adam", f, x, 3);
  return chk_exit();
}
