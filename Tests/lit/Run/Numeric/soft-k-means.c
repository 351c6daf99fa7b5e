// RUN: %check %s
#include "check.h"
static double f(double *c, int n) {
  static const double p[][2] = {{0, 0}, {0.2, 0.1}, {1, 1}, {0.9, 1.2}, {2, 0}};
  double centre[2][2] = {{c[0], c[1]}, {c[2], c[3]}}, loss = 0;
  for (int it = 0; it < 3; it++) {
    double sum[2][2] = {{0}}, weight[2] = {0};
    loss = 0;
    for (int i = 0; i < 5; i++) {
      double d[2], e[2], z = 0;
      for (int k = 0; k < 2; k++) { double a = p[i][0] - centre[k][0], b = p[i][1] - centre[k][1]; d[k] = a * a + b * b; e[k] = exp(-d[k] * c[4]); z += e[k]; }
      for (int k = 0; k < 2; k++) { double r = e[k] / z; weight[k] += r; sum[k][0] += r * p[i][0]; sum[k][1] += r * p[i][1]; loss += r * d[k]; }
    }
    for (int k = 0; k < 2; k++) { centre[k][0] = sum[k][0] / weight[k]; centre[k][1] = sum[k][1] / weight[k]; }
  }
  return loss + 0 * n;
}
int main(void) {
  double c[] = {0.4, 0.2, 0.7, 0.9, 1.3};
  CHECK_GRAD("k-means", f, c, 5);
  return chk_exit();
}
