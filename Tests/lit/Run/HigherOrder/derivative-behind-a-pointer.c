// RUN: %check %s
/* A function that asks for a derivative is only known as a pointer; what it differentiates calls through pointers of the same type. */
#include "check.h"
typedef double (*unary)(double);
static double cube(double v) { return v * v * v; }
static double wave(double v) { return sin(2 * v); }
static unary list[2] = {cube, wave};
static double f(double x) { double s = x; for (volatile int i = 0; i < 2; i++) s += list[i](s); return s; }
static double slope(double x) { return AD(__nabla_autodiff_d((void *)f, x), chk_fd1(f, x)); }
static unary chosen;
static double outer(double x) { return chosen(x) * x; }
int main(int n, char **v) {
  chosen = n > 5 ? wave : slope;
  CHECK1("outer", outer, 0.7);
  return chk_exit();
}
