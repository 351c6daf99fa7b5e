// RUN: %check %s
// Functions that are called under another type than they have: declared without parameters, or cast.
#include "check.h"
struct pair { double a, b; };
double norm();
double fall();
static double f(double *x, int n) { return norm(x, n) + 3 * fall(x, n - 1); }

double norm(x, n) double *x; int n; {
  double s = 0;
  for (int i = 0; i < n; i++) s += x[i] * x[i];
  return sqrt(s);
}
/* Recursive, so that it stays a call. */
double fall(x, n) double *x; int n; {
  if (n < 0) return 1;
  return sin(x[n]) * fall(x, n - 1) + x[n];
}

static double area(struct pair *p) { return p->a * p->b * p->b; }
static double g(double *x, int n) { return ((double (*)(double *))area)(x) * ((double (*)(void *))area)(x + n - 2); }

static void *second(struct pair *p) { return &p->b; }
static double h(double *x, int n) {
  double *q = ((double *(*)(void *))second)(x);
  return *q * *q * x[n - 1];
}

int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("unprototyped", f, x, 4);
  CHECK_GRAD("cast", g, x, 4);
  CHECK_GRAD("cast-result", h, x, 4);
  return chk_exit();
}
