// RUN: %check %s
#include "check.h"
#define H 2
static double sigmoid(double x) { return 1 / (1 + exp(-x)); }
static void cell(const double *w, double input, double *h, double *c) {
  double gate[4][H];
  for (int g = 0; g < 4; g++)
    for (int i = 0; i < H; i++) {
      const double *row = w + (g * H + i) * (H + 2);
      double s = row[0] + row[1] * input;
      for (int j = 0; j < H; j++) s += row[2 + j] * h[j];
      gate[g][i] = g == 3 ? tanh(s) : sigmoid(s);
    }
  for (int i = 0; i < H; i++) { c[i] = gate[0][i] * c[i] + gate[1][i] * gate[3][i]; h[i] = gate[2][i] * tanh(c[i]); }
}
static double f(double *x, int n) {
  static const double series[] = {0.1, 0.5, -0.3, 0.8, 0.2};
  double h[H] = {0}, c[H] = {0}, loss = 0;
  for (int t = 0; t + 1 < 5; t++) { cell(x, series[t], h, c); double e = h[0] - series[t + 1]; loss += e * e + 0.1 * h[1]; }
  return loss + 0 * n;
}
int main(void) {
  double w[4 * H * (H + 2)];
  for (int i = 0; i < 4 * H * (H + 2); i++) w[i] = 0.5 * sin(3.1 * i);
  CHECK_GRAD("lstm", f, w, 4 * H * (H + 2));
  return chk_exit();
}
