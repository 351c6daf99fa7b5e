// RUN: %check %s
#include "check.h"
static double f(double *x, int n) {
  double u[2][8];
  int cur = 0;
  for (int i = 0; i < n; i++) u[0][i] = x[i];
  for (int t = 0; t < 4; t++, cur ^= 1)
    for (int i = 0; i < n; i++) u[!cur][i] = sin(u[cur][i]) + 0.3 * u[cur][(i + 1) % n];
  double s = 0;
  for (int i = 0; i < n; i++) s += u[cur][i] * u[cur][i];
  return s;
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("ping-pong", f, x, 4);
  return chk_exit();
}
