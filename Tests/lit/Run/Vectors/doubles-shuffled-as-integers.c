// RUN: %check %s
#include "check.h"
#include <emmintrin.h>
static __m128d twice(__m128d v, int high) {
  __m128i bits = _mm_castpd_si128(v);
  return _mm_castsi128_pd(high ? _mm_shuffle_epi32(bits, 0xee) : _mm_shuffle_epi32(bits, 0x44));
}
static double f(double *x, int n) {
  __m128d s = _mm_setzero_pd();
  for (int i = 0; i + 1 < n; i += 2) {
    __m128d v = _mm_loadu_pd(x + i), w = _mm_mul_pd(v, v);
    s = _mm_add_pd(s, _mm_mul_pd(_mm_mul_pd(twice(w, 0), twice(w, 1)), v));
    s = _mm_add_pd(s, _mm_castsi128_pd(_mm_shuffle_epi32(_mm_castpd_si128(v), 0x4e)));
  }
  double r[2];
  _mm_storeu_pd(r, s);
  return r[0] + 2 * r[1];
}
int main(void) {
  double x[] = {0.4, 1.2, -3.7, 2.9, 0.3, -0.2};
  CHECK_GRAD("shuffled", f, x, 6);
  return chk_exit();
}
