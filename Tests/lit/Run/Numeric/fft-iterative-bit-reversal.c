// RUN: %check %s
#include "check.h"
#define N 8
static void fft(double *z) {           /* interleaved re, im */
  for (unsigned i = 1, j = 0; i < N; i++) {
    unsigned bit = N >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) for (int c = 0; c < 2; c++) { double t = z[2 * i + c]; z[2 * i + c] = z[2 * j + c]; z[2 * j + c] = t; }
  }
  for (int len = 2; len <= N; len <<= 1)
    for (int i = 0; i < N; i += len) {
      double wr = 1, wi = 0, cr = cos(2 * M_PI / len), ci = -sin(2 * M_PI / len);
      for (int k = 0; k < len / 2; k++) {
        double *u = z + 2 * (i + k), *v = z + 2 * (i + k + len / 2), a = v[0] * wr - v[1] * wi, b = v[0] * wi + v[1] * wr, t = wr;
        v[0] = u[0] - a; v[1] = u[1] - b;
        u[0] += a; u[1] += b;
        wr = wr * cr - wi * ci; wi = t * ci + wi * cr;
      }
    }
}
int main(void) {
  double z[2 * N];
  for (int i = 0; i < 2 * N; i++) z[i] = sin(i * i + 0.5);
  CHECK_MAP("fft", fft, z, 2 * N);
  return chk_exit();
}
