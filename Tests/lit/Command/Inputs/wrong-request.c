/* The wrong rule of wrong-reverse-rule.c, in a program with a request. */
#include "wrong-reverse-rule.c"

double __nabla_autodiff(void *, ...);
double slope(const double *tab, double *dtab, int n, double x) {
  return __nabla_autodiff((void *)model, tab, dtab, n, x);
}
