// RUN: %check %s
#define _GNU_SOURCE
#include "check.h"
static double both(double x) { double s, c; sincos(x, &s, &c); return s * c + s; }
static double merged(double x) { return sin(x) * cos(x) + cos(x) / (2 + sin(x)); }
int main(void) {
  CHECK1("sincos", both, 0.6);
  CHECK1("merged", merged, 1.6);
  return chk_exit();
}
