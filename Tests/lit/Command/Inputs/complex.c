#include <math.h>
#include <stdlib.h>
#include <string.h>

double functions(double x, double y) {
  double whole, s = exp(x) * sin(y) + log(x) / cosh(y) + pow(x, y) + atan2(x, y) * hypot(x, y) + cbrt(x) * log1p(y) + expm1(x) / tan(y);
  s += fabs(-x) * fmax(x, y) + asin(x / 4) + sqrt(y) + fma(x, y, x) + fmod(3 * x, y) + copysign(x, -y) + ldexp(y, 3) + modf(5 * x, &whole);
  return s + powf((float)x, 2.0f) * 1e-30 + floor(9 * y) * x + tanh(x) * exp2(y) - log10(x) * acosh(1 + y);
}

struct point { double a; int n; double b[3]; };
double memory(const double *q, int n, struct point *p) {
  struct point other = *p, *far = malloc(sizeof *far);
  double *copy = malloc(n * sizeof *copy), s = 0;
  memcpy(copy, q, n * sizeof *copy);
  memcpy(far, &other, sizeof other);
  for (int i = 1; i < n; i++) copy[i] *= copy[i - 1] * far->b[i % 3];
  for (int i = 0; i < n; i++) s += copy[i] * copy[i];
  p->a = s * far->a;
  free(copy);
  free(far);
  return s;
}

static double twice(double x) { return 2 * x * x; }
static double root(double x) { return sqrt(x); }
static double power(double x, int n) { return n ? power(x * x, n - 1) * x : x; }
double calls(double x, double y, int n) {
  double (*f[2])(double) = {twice, root};
  return f[n % 2](x) * f[(n + 1) % 2](y) + power(x, 3);
}

double by_value(struct point p, double *out) {
  struct point t = p;
  t.b[1] *= p.a;
  *out = t.b[1] * t.b[2];
  return t.a * t.b[0];
}

double no_counterpart(double x) { return erf(x) * x; }

double bits(double x) {
  long n;
  memcpy(&n, &x, 8);
  return (n & 1) * 0.5 + x * x;
}
