// RUN: %check %s
#include "check.h"
#include <emmintrin.h>
/* What numerical libraries put into assembly: barriers, and instructions that a compiler once did not choose. */
static double hidden(double x) {
  __asm__ volatile("" : "+x"(x));
  return x;
}
static double kept(double *p) {
  __asm__ volatile("" : : "r"(p) : "memory");
  return *p;
}
static __m128d larger(__m128d a, __m128d b) {
  __m128d r = b;
  __asm__("maxpd %[a], %[r]" : [r] "+x"(r) : [a] "x"(a));
  return r;
}
static double smaller(double a, double b) {
  __asm__("minsd %1, %0" : "+x"(a) : "x"(b));
  return a;
}
static double root(double x) {
  double y;
  __asm__("sqrtsd %1, %0" : "=x"(y) : "x"(x));
  return y;
}
static double f(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += hidden(x[i] * x[i]) * kept(&x[(i + 1) % n]);
  double r[2];
  _mm_storeu_pd(r, larger(_mm_loadu_pd(x), _mm_set1_pd(0.6)));
  s += r[0] * r[1] * smaller(x[2] * x[0], x[1]) * root(1 + x[3] * x[3]);
  return s;
}
int main(void) {
  double x[] = {0.4, 1.2, 0.7, -0.3};
  CHECK_GRAD("assembly", f, x, 4);
  return chk_exit();
}
