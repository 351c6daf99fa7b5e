// RUN: %check %s
#include "check.h"
#include <emmintrin.h>
/* Complex multiplication in pairs of lanes. */
static void square(double *x) {
  for (int i = 0; i < 4; i += 2) {
    __m128d a = _mm_loadu_pd(x + i), swapped = _mm_shuffle_pd(a, a, 1);
    __m128d p = _mm_mul_pd(a, a), q = _mm_mul_pd(a, swapped);
    double re = _mm_cvtsd_f64(p) - _mm_cvtsd_f64(_mm_unpackhi_pd(p, p));
    _mm_storeu_pd(x + i, _mm_set_pd(2 * _mm_cvtsd_f64(q), re));
  }
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_MAP("square", square, x, 4);
  return chk_exit();
}
