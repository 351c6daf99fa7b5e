// RUN: %check %s
#include "check.h"
static double normal(double x) { return 0.5 * erfc(-x / sqrt(2)); }
static double call(double *p, int n) {
  double s = p[0], k = p[1], r = p[2], v = p[3], t = p[4];
  double d1 = (log(s / k) + (r + 0.5 * v * v) * t) / (v * sqrt(t)), d2 = d1 - v * sqrt(t);
  return s * normal(d1) - k * exp(-r * t) * normal(d2) + 0 * n;
}
static double binomial(double *p, int n) {
  double dt = p[4] / 12, u = exp(p[3] * sqrt(dt)), q = (exp(p[2] * dt) - 1 / u) / (u - 1 / u), value[13];
  for (int i = 0; i <= 12; i++) { double s = p[0] * pow(u, 2 * i - 12); value[i] = s > p[1] ? s - p[1] : 0; }
  for (int t = 11; t >= 0; t--)
    for (int i = 0; i <= t; i++) value[i] = exp(-p[2] * dt) * (q * value[i + 1] + (1 - q) * value[i]);
  return value[0] + 0 * n;
}
int main(void) {
  double p[] = {1.07, 1.0, 0.03, 0.25, 0.9};
  CHECK_GRAD("closed-form", call, p, 5);
  CHECK_GRAD("tree", binomial, p, 5);
  return chk_exit();
}
