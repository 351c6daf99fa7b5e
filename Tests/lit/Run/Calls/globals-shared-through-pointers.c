// RUN: %check %s
#include "check.h"
/* Functions that are called through pointers share active numbers with their caller, and with each other, in globals. */
static double total, weights[3];
static double *place = weights;
static int calls;
static double scaled(double x) { calls++; return x * total; }
static double kept(double x) { calls++; total = x * x; place[1] = total * x; return x + 1; }
static double spent(double x) { calls++; total += weights[1]; return sin(x) * place[0]; }
typedef double (*step)(double);
static volatile int choice[3] = {0, 1, 2};
static step steps[3] = {scaled, kept, spent};
static double f(double x, double y) {
  calls = 0;
  total = y;
  weights[0] = x * y;
  double s = 0.3;
  for (int i = 0; i < 6; i++) {
    s += steps[choice[i % 3]](x + 0.1 * s);
    weights[0] += 0.1 * total;
  }
  return s * total + weights[0] + calls;
}
int main(void) {
  CHECK2("f", f, 0.8, 1.3);
  CHECK2("f again", f, 0.5, -0.7);
  return chk_exit();
}
