// RUN: %check %s
#include "check.h"
/* The program has a forward mode of its own; its derivative is differentiated. */
struct Dual { double v, d; };
static Dual operator*(Dual a, Dual b) { return {a.v * b.v, a.d * b.v + a.v * b.d}; }
static Dual operator+(Dual a, Dual b) { return {a.v + b.v, a.d + b.d}; }
static Dual sin(Dual a) { return {std::sin(a.v), a.d * std::cos(a.v)}; }
template <typename T> static T poly(T x) { return x * x * x + sin(x * x); }
static double slope(double x) { return poly(Dual{x, 1}).d; }
static double value(double x) { return poly(x); }
int main() {
  CHECK1("slope", slope, 0.8);
  CHECK1("value", value, 0.8);
  return chk_exit();
}
