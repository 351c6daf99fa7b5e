// RUN: %check %s
#include "check.h"
typedef struct { enum { NUMBER, INDEX, PAIR } kind; union { double number; long index; struct { float a; float b; } pair; } u; } Value;
static double eval(const Value *v, int n) {
  double s = 0;
  for (int i = 0; i < n; i++)
    switch (v[i].kind) {
    case NUMBER: s += v[i].u.number * v[i].u.number; break;
    case INDEX: s *= (double)v[i].u.index; break;
    case PAIR: s += v[i].u.pair.a * v[i].u.pair.b; break;
    }
  return s;
}
static double f(double *x, int n) {
  Value v[4] = {{NUMBER, {.number = x[0]}}, {INDEX, {.index = 3}}, {PAIR, {.pair = {0.5f, 2}}}, {NUMBER, {.number = x[1] * x[n - 1]}}};
  return eval(v, 4);
}
int main(void) {
  double x[] = {0.4, 1.2, -0.7};
  CHECK_GRAD("tagged", f, x, 3);
  return chk_exit();
}
