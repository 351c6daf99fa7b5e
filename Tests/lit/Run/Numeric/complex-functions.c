// RUN: %check %s
/* C's functions of complex numbers, in all quadrants, in two precisions, in all modes. */
#include "check.h"
#include <complex.h>

static void elementary(double *x, double *y) {
  double complex z = x[0] + x[1] * I, w = x[2] + x[3] * I;
  double complex r[] = {cexp(z), clog(w), csqrt(z * w), cpow(z, w), cpow(w, 0.5 * z), conj(z) / w};
  for (int i = 0; i < 6; i++) { y[2 * i] = creal(r[i]); y[2 * i + 1] = cimag(r[i]); }
}
static void trigonometric(double *x, double *y) {
  double complex z = x[0] + x[1] * I, w = x[2] + x[3] * I;
  double complex r[] = {csin(z), ccos(w), ctan(z), csinh(w), ccosh(z), ctanh(w)};
  for (int i = 0; i < 6; i++) { y[2 * i] = creal(r[i]); y[2 * i + 1] = cimag(r[i]); }
}
static double sizes(double *x, int n) {
  double s = 0;
  for (int i = 0; i + 1 < n; i++) {
    double complex z = x[i] + x[i + 1] * I;
    s += cabs(z) * carg(z) + cabs(cexp(z) + csqrt(z));
  }
  return s;
}
/* A transform, and a filter in the transformed space. */
static double filter(double *x, int n) {
  double complex f[16] = {0};
  for (int k = 0; k < n; k++)
    for (int j = 0; j < n; j++) f[k] += x[j] * cexp(-2 * M_PI * I * j * k / n);
  double s = 0;
  for (int k = 0; k < n; k++) s += cabs(f[k] / (1 + cpow(f[k], 2) * 0.01));
  return s;
}
static float complex single(float a, float b) { return cexpf(a + b * I) * csqrtf(b - a * I) + clogf(a + 2 * b * I); }
static double singles(double a, double b) { return crealf(single(a, b)) * cabsf(single(b, a)); }
static double slope(double t) { return AD(__nabla_fwddiff_d((void *)sizes, (double[]){t, t * t, -t}, (double[]){1, 2 * t, -1}, 3), 1); }

static void expect(const char *name, double complex got, double complex want) {
  EXPECT_TOL(name, creal(got), creal(want), 1e-13);
  EXPECT_TOL(name, cimag(got), cimag(want), 1e-13);
}
int main(void) {
  double points[][4] = {{0.7, 0.4, 1.3, -0.6}, {-0.8, 0.5, -1.1, -0.9}, {0.3, -1.4, -0.2, 0.6}, {-1.7, -0.3, 2.5, 1.2}, {21.0, 0.4, -9.0, 1.1}};
  for (int i = 0; i < 5; i++) {
    if (i < 4) CHECK_JAC("elementary", elementary, points[i], 4, 12);
    if (i < 4) CHECK_JAC("trigonometric", trigonometric, points[i], 4, 12);
    if (i < 4) CHECK_GRAD("sizes", sizes, points[i], 4);
  }
  double x[] = {0.4, 1.2, -0.7, 0.9, 0.1, -0.3};
  CHECK_GRAD("filter", filter, x, 6);
#ifndef NO_AD
  CHECK1("second", slope, 0.6);
#endif
  /* On the branch cut, and where one part is zero. */
  double zero[] = {-4, 0, 0.5, 0}, d[4] = {0, 1, 0, 0}, y[12], dy[12] = {0};
  AD_DO(__nabla_fwddiff_v((void *)elementary, nabla_dup, zero, d, nabla_dup, y, dy), (dy[4] = 0.125 * sqrt(2), dy[2] = 0));
  EXPECT("cut", dy[4], 0.125 * sqrt(2));
  /* What the derivative leaves behind is what the library computes. */
  for (int i = 0; i < 5; i++) {
    double *p = points[i], none[4] = {0};
    double complex z = p[0] + p[1] * I, w = p[2] + p[3] * I;
    AD_DO(__nabla_fwddiff_v((void *)elementary, nabla_dup, p, none, nabla_dup, y, dy), elementary(p, y));
    expect("cexp", (y[0] + y[1] * I) / cabs(cexp(z)), cexp(z) / cabs(cexp(z)));
    expect("clog", y[2] + y[3] * I, clog(w));
    expect("csqrt", y[4] + y[5] * I, csqrt(z * w));
    AD_DO(__nabla_fwddiff_v((void *)trigonometric, nabla_dup, p, none, nabla_dup, y, dy), trigonometric(p, y));
    expect("ctan", y[4] + y[5] * I, ctan(z));
    expect("ctanh", y[10], creal(ctanh(w)));
    expect("ctanh", y[11] / cimag(ctanh(w)), 1);
  }
  double a = 0.8, b = 1.3, h = 1e-2, fd = (singles(a + h, b) - singles(a - h, b)) / (2 * h), got = fd;
  AD_DO(got = __nabla_fwddiff_d((void *)singles, a, 1.0, nabla_const, b), (void)0);
  EXPECT_TOL("single", got, fd, 1e-2);
  return chk_exit();
}
