// RUN: %check %s
#include "check.h"
static double logsumexp(double *x, int n) {
  double m = x[0], s = 0;
  for (int i = 1; i < n; i++) m = fmax(m, x[i]);
  for (int i = 0; i < n; i++) s += exp(x[i] - m);
  return m + log(s);
}
static double running(double *x, int n) {
  double m = -INFINITY, s = 0;
  for (int i = 0; i < n; i++) { double k = x[i] > m ? x[i] : m; s = s * exp(m - k) + exp(x[i] - k); m = k; }
  return m + log(s);
}
static void softmax(double *x) { double l = logsumexp(x, 5); for (int i = 0; i < 5; i++) x[i] = exp(x[i] - l); }
static double cross_entropy(double *x, int n) { double l = logsumexp(x, n), s = 0; for (int i = 0; i < n; i++) s -= (i == 2) * (x[i] - l); return s; }
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 3.4, 1.0};
  CHECK_GRAD("logsumexp", logsumexp, x, 5);
  CHECK_MAP("softmax", softmax, x, 5);
  CHECK_GRAD("cross-entropy", cross_entropy, x, 5);
  CHECK_GRAD("one-sweep", running, x, 5);
  return chk_exit();
}
