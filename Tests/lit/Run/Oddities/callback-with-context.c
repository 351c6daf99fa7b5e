// RUN: %check %s
#include "check.h"
typedef double (*Integrand)(double t, void *context);
struct wave { double frequency, phase; const double *amplitude; };
static double integrate(Integrand g, void *context, double lo, double hi, int n) {
  double s = 0, h = (hi - lo) / n;
  for (int i = 0; i < n; i++) s += g(lo + (i + 0.5) * h, context);
  return s * h;
}
static double wave(double t, void *context) { struct wave *w = (struct wave *)context; return w->amplitude[0] * sin(w->frequency * t + w->phase) + w->amplitude[1]; }
static double power(double t, void *context) { return pow(t, *(double *)context); }
static double f(double *x, int n) {
  struct wave w = {x[0], x[1], x + 2};
  return integrate(wave, &w, 0, 2, 8) + integrate(power, &x[n - 1], 0.1, x[0], 6);
}
int main(void) {
  double x[] = {1.4, 0.2, 0.7, 0.3, 1.8};
  CHECK_GRAD("callback", f, x, 5);
  return chk_exit();
}
