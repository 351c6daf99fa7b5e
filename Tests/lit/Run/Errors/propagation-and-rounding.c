// RUN: %check %s
/* Errors to first order: what the operands bring, by the magnitudes of the partial derivatives, and half a unit in the last
 * place of every operation. */
#include "check.h"
struct both { double value, error; };
double __nabla_error_estimate(void *, ...);
float __nabla_error_estimate_f(void *, ...);
struct both __nabla_error_estimate_b(void *, ...);
double __nabla_fwddiff_e(void *, ...);

static const double u = 0x1p-53;
static double product(double x, double y) { return x * y; }
static double difference(double x, double y) { return -x + y; }
static double quotient(double x, double y) { return fabs(x) / fmax(y, 0.5); }
static double library(double x) { return exp(sin(x)); }
static double fused(double x, double y, double z) { return __builtin_fma(x, y, z); }
static double narrow(double x) { return (double)(float)x; }

static double horner(const double *a, int n, double x) {
  double r = a[n - 1];
  for (int i = n - 2; i >= 0; i--) r = r * x + a[i];
  return r;
}
/* The same by hand. */
static double horner_error(const double *a, const double *ea, int n, double x, double ex) {
  double r = a[n - 1], e = ea[n - 1];
  for (int i = n - 2; i >= 0; i--) {
    double p = r * x;
    e = fabs(x) * e + fabs(r) * ex + u * fabs(p);
    r = p + a[i];
    e += ea[i] + u * fabs(r);
  }
  return e;
}
static void filter(const double *x, double *y, int n) {
  for (int i = 0; i < n; i++) y[i] = x[i];
  for (int i = 1; i < n; i++) y[i] = 0.5 * y[i] - 0.25 * y[i - 1];
}
static float sum(const float *x, int n) {
  float s = 0;
  for (int i = 0; i < n; i++) s += x[i] * x[i];
  return s;
}

int main(void) {
  double x = 1.25, y = -3.5, ex = 1e-3, ey = 1e-4;
  EXPECT("product", AD(__nabla_error_estimate((void *)product, x, ex, y, ey), fabs(y) * ex + x * ey + u * fabs(x * y)),
         fabs(y) * ex + x * ey + u * fabs(x * y));
  /* What cancels in a tangent adds up in an error. */
  EXPECT("difference", AD(__nabla_error_estimate((void *)difference, x, ex, y, ex), 2 * ex + u * fabs(y - x)), 2 * ex + u * fabs(y - x));
  EXPECT_TOL("tangent of it", AD(__nabla_fwddiff_e((void *)difference, x, ex, y, ex), 0), 0, 1e-15);
  EXPECT("quotient", AD(__nabla_error_estimate((void *)quotient, y, ey, x, ex), ey / x + ex * -y / (x * x) + u * -y / x),
         ey / x + ex * -y / (x * x) + u * -y / x);
  EXPECT("rounding alone", AD(__nabla_error_estimate((void *)product, x, 0.0, y, 0.0), u * fabs(x * y)) / u, fabs(x * y));
  EXPECT("fused", AD(__nabla_error_estimate((void *)fused, x, ex, y, ey, 2.0, 0.0), fabs(y) * ex + x * ey + u * fabs(x * y + 2)),
         fabs(y) * ex + x * ey + u * fabs(x * y + 2));
  EXPECT("narrowed", AD(__nabla_error_estimate((void *)narrow, 0.1, 0.0), 0x1p-24 * (double)0.1f) / 0x1p-24, (double)0.1f);
  double s = sin(x), want = exp(s) * (fabs(cos(x)) * ex + u * fabs(s)) + u * exp(s);
  struct both b = AD(__nabla_error_estimate_b((void *)library, nabla_primal_return, x, ex), ((struct both){library(x), want}));
  EXPECT("value", b.value, library(x));
  EXPECT("library", b.error, want);

  double a[5] = {1, -2, 3, -4, 5}, ea[5] = {1e-6, 0, 2e-6, 0, 1e-5};
  EXPECT_TOL("horner",
             AD(__nabla_error_estimate((void *)horner, nabla_dup, a, ea, 5, x, ex), horner_error(a, ea, 5, x, ex)),
             horner_error(a, ea, 5, x, ex), 1e-12);
  /* Against differences: with errors in the operands that are large beside those of rounding, the estimate is the sum of the
   * magnitudes of the partial effects where no place is reached on two ways. */
  double in[4] = {1, 2, -3, 4}, ein[4] = {1e-3, 2e-3, 3e-3, 4e-3}, out[4], eout[4] = {0};
  AD_DO(__nabla_error_estimate((void *)filter, nabla_dup, in, ein, nabla_dup, out, eout, 4), filter(in, out, 4));
  for (int i = 0; i < 4; i++) {
    double effects = 0;
    for (int j = 0; j < 4; j++) {
      double old = in[j], up[4], down[4];
      in[j] = old + ein[j]; filter(in, up, 4);
      in[j] = old - ein[j]; filter(in, down, 4);
      in[j] = old;
      effects += fabs(up[i] - down[i]) / 2;
    }
#ifdef NO_AD
    eout[i] = effects;
#endif
    EXPECT_TOL("filter", eout[i], effects, 1e-9);
  }
  /* A sum in single precision: the estimate covers the error, and not by much more than its terms. */
  float v[100], ev[100] = {0};
  double exact = 0, worst = 0, partial = 0;
  for (int i = 0; i < 100; i++) {
    v[i] = 1 + 1.0f / (3 + i);
    exact += (double)v[i] * v[i];
    partial += (double)v[i] * v[i];
    worst += 0x1p-24 * ((double)v[i] * v[i] + partial);
  }
  double estimate = AD(__nabla_error_estimate_f((void *)sum, nabla_dup, v, ev, 100), worst);
  EXPECT("covers", fabs(sum(v, 100) - exact) <= estimate, 1);
  EXPECT_TOL("estimate", estimate, worst, 1e-3);
  return chk_exit();
}
