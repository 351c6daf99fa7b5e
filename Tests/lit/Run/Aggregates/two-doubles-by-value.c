// RUN: %check %s
#include "check.h"
typedef struct { double re, im; } Z;
struct Zs { Z z; };
double __nabla_autodiff_1(void *, ...);
static double modulus(Z z) { return sqrt(z.re * z.re + z.im * z.im); }
static Z square(Z z) { Z r = {z.re * z.re - z.im * z.im, 2 * z.re * z.im}; return r; }
static double escape(double *x, int n) {
  Z c = {x[0], x[1]}, z = {0, 0};
  for (int i = 0; i < n + 2; i++) { z = square(z); z.re += c.re; z.im += c.im; }
  return modulus(z);
}
int main(void) {
  double x[] = {-0.4, 0.3};
  CHECK_GRAD("mandelbrot", escape, x, 2);
  return chk_exit();
}
