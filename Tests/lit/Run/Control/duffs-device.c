// RUN: %check %s
// LEVELS: -O0; -O1; -O2; -O3; opt; opt -O2
#include "check.h"
static double dot(const double *a, const double *b, int count) {
  double s = 0; int n = (count + 3) / 4;
  switch (count % 4) {
    case 0: do { s += *a++ * *b++;
    case 3:      s += *a++ * *b++;
    case 2:      s += *a++ * *b++;
    case 1:      s += *a++ * *b++;
            } while (--n > 0);
  }
  return s;
}
static void send(double *to, const double *from, int count) {
  int n = (count + 7) / 8;
  switch (count % 8) {
    case 0: do { *to++ = *from * *from; from++;
    case 7: *to++ = *from * *from; from++;
    case 6: *to++ = *from * *from; from++;
    case 5: *to++ = *from * *from; from++;
    case 4: *to++ = *from * *from; from++;
    case 3: *to++ = *from * *from; from++;
    case 2: *to++ = *from * *from; from++;
    case 1: *to++ = *from * *from; from++;
            } while (--n > 0);
  }
}
static double f(double *x, int n) { double w[16]; send(w, x, n); return dot(w, x, n) * dot(x + 1, w, n - 2); }
int main(void) {
  double x[] = {0.7, 0.9, 0.3, 1.2, 0.8, 2.1, -0.4, 0.6, 1.4, -1, 0.2};
  CHECK_GRAD("duff", f, x, 11);
  return chk_exit();
}
