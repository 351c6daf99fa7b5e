// RUN: %check %s
// SANITIZE
#include "check.h"
static const int sizes[] = {2, 3, 3, 1};
static double f(double *p, int n) {
  static const double data[4][3] = {{0, 0, 0}, {0, 1, 1}, {1, 0, 1}, {1, 1, 0}};
  double loss = 0;
  for (int d = 0; d < 4; d++) {
    const double *w = p;
    double *a = (double *)malloc(2 * sizeof *a);
    a[0] = data[d][0]; a[1] = data[d][1];
    for (int l = 0; l < 3; l++) {
      int in = sizes[l], out = sizes[l + 1];
      double *z = (double *)malloc(out * sizeof *z);
      for (int i = 0; i < out; i++) { z[i] = *w++; for (int j = 0; j < in; j++) z[i] += *w++ * a[j]; if (l < 2) z[i] = z[i] > 0 ? z[i] : 0.1 * z[i]; }
      free(a);
      a = z;
    }
    loss += (a[0] - data[d][2]) * (a[0] - data[d][2]);
    free(a);
  }
  return loss / n;
}
int main(void) {
  double p[25];
  for (int i = 0; i < 25; i++) p[i] = 0.7 * sin(2.7 * i + 0.3);
  CHECK_GRAD("mlp", f, p, 25);
  return chk_exit();
}
