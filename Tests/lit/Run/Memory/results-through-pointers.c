// RUN: %check %s
// SANITIZE
// A result that is stored last may overwrite what was read: inputs, other results, or nothing.
#include "check.h"

static void norm(const double *x, int n, double *out) {
  double *w = malloc(sizeof(double) * n), s = 0;
  for (int i = 0; i < n; i++) w[i] = x[i] * x[(i + 1) % n];
  for (int i = 0; i < n; i++) s += sin(w[i]) * x[i];
  *out = s;
  free(w);
}
struct pair { double value, slope; };
static void both(const double *x, int n, struct pair *out, double *third) {
  double s = 0, t = 1;
  for (int i = 0; i < n; i++) s += x[i] * x[i] * x[i], t *= 1 + 0.1 * x[i];
  out->value = s;
  out->slope = t * s;
  *third = s - t;
}
// What comes after depends on what was stored.
static void again(const double *x, int n, double *out) {
  double s = 0;
  for (int i = 0; i < n; i++) s += exp(0.1 * x[i]);
  *out = s;
  double t = x[0] * s;
  *out += t * x[1];
}
// The memory of the result is given back.
static double handed(double **place, double v) {
  double *p = *place, r = v * v;
  *p = r;
  free(p);
  return r * v;
}
static double given(const double *x, int n) {
  double **box = malloc(sizeof *box), r;
  *box = malloc(sizeof(double));
  r = handed(box, x[0] * x[n - 1]);
  free(box);
  return r;
}
// Only sometimes.
static void maybe(const double *x, int n, double *out) {
  double s = 0;
  for (int i = 0; i < n; i++) s += x[i] * x[i] * x[i];
  if (s > 0) *out = s * s;
}
static void recursive(const double *x, int n, double *out) {
  double inner = 0;
  if (n > 1) recursive(x + 1, n - 1, &inner);
  *out = x[0] * x[0] + sin(inner) * x[0];
}

static double gnorm(const double *x, int n) { double o = 0; norm(x, n, &o); return o; }
static double gboth(const double *x, int n) { struct pair p = {0}; double t = 0; both(x, n, &p, &t); return p.value + 2 * p.slope + 3 * t; }
static double gagain(const double *x, int n) { double o = 0; again(x, n, &o); return o; }
static double gmaybe(const double *x, int n) { double o = 0; maybe(x, n, &o); return o; }
static double grec(const double *x, int n) { double o = 0; recursive(x, n, &o); return o; }

typedef void plain(const double *, int, double *);
static double value(plain *f, const double *x, int n, int at) {
  double y[8], o = 0;
  memcpy(y, x, sizeof(double) * n);
  f(y, n, at < 0 ? &o : y + at);
  return at < 0 ? o : y[at];
}
// Directly, into memory of its own or (at) over an input.
#define DIRECT(name, f, at)                                                                                              \
  do {                                                                                                                   \
    double y[5], dy[5] = {0}, o = 0, seed = 1;                                                                           \
    memcpy(y, x, sizeof y);                                                                                              \
    double *out = at < 0 ? &o : y + (at < 0 ? 0 : at), *dout = at < 0 ? &seed : dy + (at < 0 ? 0 : at);                  \
    *dout = 1;                                                                                                           \
    GRADIENT(f, y, dy, out, dout);                                                                                       \
    EXPECT(name " value", *out, value(f, x, 5, at));                                                                     \
    for (int i = 0; i < 5; i++) {                                                                                        \
      double up[5], down[5], h = 1e-5;                                                                                   \
      memcpy(up, x, sizeof up), memcpy(down, x, sizeof down);                                                            \
      up[i] += h, down[i] -= h;                                                                                          \
      double d = (value(f, up, 5, at) - value(f, down, 5, at)) / (2 * h);                                                \
      if (fabs(dy[i] - d) > 1e-7 * (1 + fabs(d)) && !(NO_DERIVATIVE)) EXPECT(name " slope", dy[i], d);                    \
    }                                                                                                                    \
  } while (0)
#ifdef NO_AD
#define NO_DERIVATIVE 1
#define GRADIENT(f, y, dy, out, dout) f(y, 5, out)
#else
#define NO_DERIVATIVE 0
void __nabla_autodiff(void *, ...);
#define GRADIENT(f, y, dy, out, dout) __nabla_autodiff((void *)f, nabla_dup, y, dy, 5, nabla_dup, out, dout)
#endif

int main(void) {
  double x[] = {0.7, -0.4, 1.1, 0.9, 0.3};
  CHECK_GRAD("norm", gnorm, x, 5);
  CHECK_GRAD("both", gboth, x, 5);
  CHECK_GRAD("again", gagain, x, 5);
  CHECK_GRAD("given", given, x, 5);
  CHECK_GRAD("maybe", gmaybe, x, 5);
  CHECK_GRAD("recursive", grec, x, 5);
  DIRECT("norm", norm, -1);
  DIRECT("norm over x[0]", norm, 0);
  DIRECT("norm over x[3]", norm, 3);
  DIRECT("again", again, -1);
  DIRECT("again over x[1]", again, 1);
  DIRECT("maybe", maybe, -1);
  DIRECT("maybe over x[2]", maybe, 2);
  DIRECT("recursive", recursive, -1);
  return chk_exit();
}
