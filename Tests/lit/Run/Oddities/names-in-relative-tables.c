// RUN: %check %s
#include "check.h"
/* From -O1 on clang keeps tables of strings as distances from the table: an initialiser that refers to itself. */
static struct { const char *scheme; double step; } settings;
static double advance(double t, double y) {
  double h = settings.step;
  if (!strcmp(settings.scheme, "euler")) return y - h * y * y;
  if (!strcmp(settings.scheme, "heun")) { double p = y - h * y * y; return y - h / 2 * (y * y + p * p); }
  return y * exp(-h * t);
}
static double f(double x) {
  const char *names[] = {"euler", "heun", "exact"};
  double s = 0;
  settings.step = 0.1;
  for (int k = 0; k < 3; k++) {
    settings.scheme = names[k];
    double y = x;
    for (int i = 0; i < 5; i++) y = advance(i * settings.step, y);
    s += y * (k + 1);
  }
  return s;
}
int main(void) {
  CHECK1("f", f, 0.8);
  return chk_exit();
}
