#include <math.h>

double elsewhere(double x);

static double inner(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += sin(x[i]) * elsewhere(x[i]);
  return s;
}

double outer(double *x, int n) { return inner(x, n) + x[0] * x[n - 1]; }

double __nabla_autodiff(void *, ...);
void gradient(double *x, double *dx, int n) { __nabla_autodiff((void *)outer, x, dx, n); }
