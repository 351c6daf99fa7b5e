// RUN: %check %s
// FLAGS: -mavx2 -mfma
#include "check.h"
#include <immintrin.h>
static double norm(double *x, int n) {
  __m256d sum = _mm256_setzero_pd();
  for (int i = 0; i + 4 <= n; i += 4) {
    __m256d a = _mm256_loadu_pd(x + i);
    sum = _mm256_add_pd(sum, _mm256_mul_pd(a, a));
    sum = _mm256_sub_pd(sum, _mm256_div_pd(a, _mm256_set1_pd(3.0)));
  }
  double lanes[4];
  _mm256_storeu_pd(lanes, _mm256_sqrt_pd(sum));
  return lanes[0] + lanes[1] * lanes[2] + lanes[3];
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4, -1.3, 1.1, 0.2, -0.8};
  CHECK_GRAD("avx", norm, x, 8);
  return chk_exit();
}
