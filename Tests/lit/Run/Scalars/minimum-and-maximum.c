// RUN: %check %s
#include "check.h"
static double t_fmin(double x, double y) { return fmin(x * x, y); }
static double t_fmax(double x, double y) { return fmax(x, sin(y)); }
static double clamp(double x, double lo, double hi) { return x < lo ? lo : x > hi ? hi : x; }
static double relu(double x) { return x > 0 ? x : 0; }
static double leaky(double x) { return fmax(0.01 * x, x); }
static double t_fdim(double x, double y) { return fdim(x, y); }

int main(void) {
  CHECK2("fmin-left", t_fmin, 0.5, 2.0);
  CHECK2("fmin-right", t_fmin, 2.0, 0.5);
  CHECK2("fmax-left", t_fmax, 2.0, 0.5);
  CHECK2("fmax-right", t_fmax, -2.0, 0.5);
  CHECK3("clamp-inside", clamp, 0.5, 0.0, 1.0);
  CHECK3("clamp-low", clamp, -0.5, 0.0, 1.0);
  CHECK3("clamp-high", clamp, 1.5, 0.0, 1.0);
  CHECK1("relu+", relu, 0.7);
  CHECK1("relu-", relu, -0.7);
  CHECK1("leaky-", leaky, -0.7);
  CHECK2("fdim", t_fdim, 1.7, 0.2);
  return chk_exit();
}
