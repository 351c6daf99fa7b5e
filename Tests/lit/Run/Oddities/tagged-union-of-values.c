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
/* The integer member is counted with, in the memory of the number. */
static double counted(double *x, int n) {
  Value v[4];
  double s = 0;
  for (int i = 0; i < n; i++) {
    v[i].kind = i & 1 ? INDEX : NUMBER;
    if (i & 1) v[i].u.index = i * 3;
    else v[i].u.number = x[i] * x[i];
  }
  for (int i = 0; i < n; i++)
    if (v[i].kind == INDEX) v[i].u.index += 2;
  for (int i = 0; i < n; i++) s += v[i].kind == INDEX ? x[i] * (double)v[i].u.index : v[i].u.number * x[i];
  return s;
}
int main(void) {
  double x[] = {0.4, 1.2, -0.7};
  CHECK_GRAD("tagged", f, x, 3);
  CHECK_GRAD("counted", counted, x, 3);
  return chk_exit();
}
