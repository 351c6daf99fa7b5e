// RUN: %check %s
// LEVELS: -O0; -O1; -O2; -O3; opt; opt -O2
// What a block computes and uses only under its condition is reversed only where the condition held.
#include "check.h"

static double cutoff(double *restrict x, int n) {
  double f[12] = {0}, s = 0;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < i; j++) {
      double d = x[i] - x[j], r = d * d;
      if (r < 0.04) {
        f[i] += (0.04 - r) * d;
        f[j] -= (0.04 - r) * d;
      }
    }
  for (int i = 0; i < n; i++) s += f[i] * x[i] + f[i] * f[i];
  return s;
}
// Used behind the join as well; used by a phi there; used on both sides.
static double behind(double *restrict x, int n) {
  double s = 0;
  for (int i = 1; i < n; i++) {
    double d = x[i] * x[i - 1], e = d;
    if (d > 0.3) s += sin(d) * x[i];
    s += d * 0.25;
    double g = exp(x[i]);
    if (g > 1.6) e = g * d;
    else e = 2 * d;
    s += e;
  }
  return s;
}
// The value goes into the phi of the join on the edge that skips.
static double joined(double *restrict x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    double d = x[i] * x[i], v = d;
    if (x[i] > 0.5) v = d * sin(d);
    s += v;
  }
  return s;
}
// Carried round the loop: what is computed in one iteration is used in the next.
static double carried(double *restrict x, int n) {
  double s = 0, last = 0.1;
  for (int i = 0; i < n; i++) {
    double d = x[i] * last + x[i];
    if (x[i] > 0.45) {
      s += d * d;
      last = d;
    }
  }
  return s + last;
}
// Several conditions in a row and nested, with loops inside.
static double several(double *restrict x, int n) {
  double s = 0, y[12] = {0};
  for (int i = 0; i + 2 < n; i++) {
    double a = x[i] * x[i + 1], b = x[i] + x[i + 2];
    if (a > 0.2) {
      double c = a * b;
      if (c > 0.3) {
        for (int k = 0; k <= i; k++) y[k] += c * x[k];
      }
      s += a * a;
    }
  }
  for (int i = 0; i < n; i++) s += y[i] * y[i];
  return s;
}

int main(void) {
  double x[12];
  for (int i = 0; i < 12; i++) x[i] = 0.2 + 0.07 * ((i * 7) % 11);
  CHECK_GRAD("cutoff", cutoff, x, 12);
  CHECK_GRAD("behind", behind, x, 12);
  CHECK_GRAD("joined", joined, x, 12);
  CHECK_GRAD("carried", carried, x, 12);
  CHECK_GRAD("several", several, x, 12);
  return chk_exit();
}
