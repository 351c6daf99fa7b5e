// RUN: %check %s
#include "check.h"
static double dot(const double *a, const double *b, int n) { double s = 0; while (n--) s += *a++ * *b++; return s; }
static void apply(const double *k, const double *p, double *q, int n) {
  for (int i = 0; i < n; i++) q[i] = (2 + k[i] * k[i]) * p[i] - (i ? p[i - 1] : 0) - (i + 1 < n ? p[i + 1] : 0);
}
static double f(double *x, int n) {
  int m = n / 2;
  double u[8] = {0}, r[8], p[8], q[8];
  memcpy(r, x + m, m * sizeof *r);
  memcpy(p, r, m * sizeof *r);
  double rr = dot(r, r, m);
  for (int it = 0; it < 2 * m && rr > 1e-26; it++) {
    apply(x, p, q, m);
    double alpha = rr / dot(p, q, m);
    for (int i = 0; i < m; i++) { u[i] += alpha * p[i]; r[i] -= alpha * q[i]; }
    double next = dot(r, r, m), beta = next / rr;
    for (int i = 0; i < m; i++) p[i] = r[i] + beta * p[i];
    rr = next;
  }
  return dot(u, x + m, m);
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4, 1.0, 0.3, 2, -1};
  CHECK_GRAD("cg", f, x, 8);
  return chk_exit();
}
