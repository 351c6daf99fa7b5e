// RUN: %check %s
#include "check.h"
static double legendre(int l, int m, double x) {
  double pmm = 1;
  if (m > 0) { double s = sqrt((1 - x) * (1 + x)), k = 1; for (int i = 1; i <= m; i++, k += 2) pmm *= -k * s; }
  if (l == m) return pmm;
  double next = x * (2 * m + 1) * pmm;
  for (int ll = m + 2; ll <= l; ll++) { double p = (x * (2 * ll - 1) * next - (ll + m - 1) * pmm) / (ll - m); pmm = next; next = p; }
  return next;
}
static double expansion(double theta, double phi) {
  double s = 0;
  for (int l = 0; l <= 4; l++) for (int m = 0; m <= l; m++) s += legendre(l, m, cos(theta)) * cos(m * phi) / ((l + 1.0) * (m + 1) * (m + 2));
  return s;
}
int main(void) {
  CHECK2("harmonics", expansion, 0.8, 1.1);
  return chk_exit();
}
