// RUN: %check %s
#include "check.h"
static double integrand(double t, double a) { return exp(-a * t * t) * cos(t); }
static double simpson(double a, double upper) {
  int n = 20;
  double h = upper / n, s = integrand(0, a) + integrand(upper, a);
  for (int i = 1; i < n; i++) s += (i % 2 ? 4 : 2) * integrand(i * h, a);
  return s * h / 3;
}
static double refine(double lo, double hi, double a, int depth) {
  double mid = 0.5 * (lo + hi), h = hi - lo;
  double coarse = h * integrand(mid, a), fine = 0.5 * h * (integrand(lo + h / 4, a) + integrand(hi - h / 4, a));
  if (depth == 0 || fabs(fine - coarse) < 1e-4 * h) return fine + (fine - coarse) / 3;
  return refine(lo, mid, a, depth - 1) + refine(mid, hi, a, depth - 1);
}
static double adaptive(double a, double upper) { return refine(0, upper, a, 6); }
int main(void) {
  CHECK2("simpson", simpson, 0.7, 1.8);
  CHECK2("adaptive", adaptive, 0.7, 1.83);
  return chk_exit();
}
