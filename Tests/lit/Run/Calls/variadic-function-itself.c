// RUN: %check %s
/* A function that may take more, differentiated as it is called with its parameters alone. */
#include "check.h"
#include <stdarg.h>

double __nabla_autodiff_d(void *, ...);
double __nabla_fwddiff_d(void *, ...);

static double product(double x, int n, ...) {
  va_list list;
  double s = x * x;
  va_start(list, n);
  for (int i = 0; i < n; i++) s *= va_arg(list, double);
  va_end(list);
  return s;
}
static double norm(double *x, int n, ...) {
  double s = 0;
  for (int i = 0; i < n; i++) s += sin(x[i]) * x[i];
  return s;
}
static double plain(double *x, int n) { return norm(x, n); }

int main(void) {
  double x[3] = {0.5, 2, -1}, d[3] = {0}, e[3] = {0};
  EXPECT("alone", __nabla_autodiff_d((void *)product, 3.0, 0), 6.0);
  EXPECT("alone", __nabla_fwddiff_d((void *)product, 3.0, 0.5, 0), 3.0);
  CHECK_GRAD("with its parameters alone", plain, x, 3);
  __nabla_autodiff_d((void *)plain, x, d, 3);
  __nabla_autodiff_d((void *)norm, x, e, 3);
  for (int i = 0; i < 3; i++) EXPECT("alone", e[i], d[i]);
  return chk_exit();
}
