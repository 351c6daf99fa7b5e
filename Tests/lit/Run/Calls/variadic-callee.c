// RUN: %check %s
/* Active arguments beyond the parameters. */
#include "check.h"
#include <stdarg.h>

static double sum(int n, ...) {
  va_list list;
  double s = 0;
  va_start(list, n);
  for (int i = 0; i < n; i++) s += va_arg(list, double) * (i + 1);
  va_end(list);
  return s;
}
static double sums(double a, double b, double c) { return sum(3, a * b, b, c * c) * sum(1, a) + sum(2, b, c); }

struct point { double x, y; };
struct big { double v[5]; };
static double mixed(const char *kinds, ...) {
  double s = 1;
  va_list list;
  va_start(list, kinds);
  for (; *kinds; kinds++) switch (*kinds) {
    case 'i': s *= va_arg(list, int); break;
    case 'd': s += va_arg(list, double); break;
    case 'l': s *= va_arg(list, long double); break;
    case 'a': s += va_arg(list, double *)[1] * s; break;
    case 'p': { struct point p = va_arg(list, struct point); s += p.x * p.y; break; }
  }
  va_end(list);
  return s;
}
static double kinds(double *x, int n) {
  struct point p = {x[0], x[1] * x[2]};
  return mixed("dipdla", x[1], 3, p, x[3], (long double)x[2] * x[0], x) * mixed("pd", p, x[2]);
}
static double structures(int n, ...) {
  double s = 1;
  va_list list;
  va_start(list, n);
  for (int k = 0; k < n; k++) {
    struct big b = va_arg(list, struct big);
    for (int i = 0; i < 5; i++) s += b.v[i] * s;
    s *= va_arg(list, double);
  }
  va_end(list);
  return s;
}
static double large(double *x, int n) {
  struct big a = {{x[2], x[3], x[0] * x[0], 1, 2}}, b = {{x[1], x[0] * x[3], 0.5, x[0], x[1]}};
  return structures(2, a, x[1], b, x[2] * x[3]);
}

/* Handed on, copied, and more of them than there are registers. */
static double weighed(const double *w, int n, va_list list) {
  va_list again;
  double s = 0;
  va_copy(again, list);
  for (int i = 0; i < n; i++) s += w[i] * va_arg(list, double);
  for (int i = 0; i < n; i++) s *= va_arg(again, double);
  va_end(again);
  return s;
}
__attribute__((noinline)) static double weights(const double *w, int n, ...) {
  va_list list;
  va_start(list, n);
  double s = weighed(w, n, list);
  va_end(list);
  return s;
}
static double many(double *x, int n) {
  return weights(x, 10, x[0], x[1], x[2], x[3], x[0] * x[1], x[1] * x[2], x[2] * x[3], x[3] * x[0], x[0], x[1]);
}

/* Results by pointers; called again by itself. */
static void scatter(double value, int n, ...) {
  va_list list;
  va_start(list, n);
  for (int i = 0; i < n; i++) *va_arg(list, double *) = value * (i + 1) * value;
  va_end(list);
}
static double nested(int depth, ...) {
  va_list list;
  va_start(list, depth);
  double a = va_arg(list, double), b = va_arg(list, double);
  va_end(list);
  return depth > 0 ? a * nested(depth - 1, b, a * b) : a + b;
}
static double others(double *x, int n) {
  double u, v;
  scatter(x[0] * x[1], 2, &u, &v);
  return u * x[2] + v * nested(4, x[3], x[0]);
}

int main() {
  double x[10] = {1.5, 0.7, 1.2, 0.9, 0.8, 1.1, 1.3, 0.6, 0.4, 1.4};
  CHECK3("sums", sums, 0.5, 1.5, -2.0);
  CHECK_GRAD("kinds", kinds, x, 4);
  CHECK_GRAD("large", large, x, 4);
  CHECK_GRAD("many", many, x, 10);
  CHECK_GRAD("others", others, x, 4);
  return chk_exit();
}
