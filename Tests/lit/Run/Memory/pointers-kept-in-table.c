// RUN: %check %s
// SANITIZE
#include "check.h"
static double f(double *x, int n) {
  double *kept[8], s = 0;
  for (int i = 0; i < n; i++) { kept[i] = (double *)malloc(2 * sizeof(double)); kept[i][0] = x[i]; kept[i][1] = i ? kept[i - 1][0] * x[i] : 1; }
  for (int i = n - 1; i >= 0; i--) { s += kept[i][1] * kept[(i + 1) % n][0]; kept[i][0] = s; }
  for (int i = 0; i < n; i++) free(kept[i]);
  return s;
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("kept", f, x, 4);
  return chk_exit();
}
