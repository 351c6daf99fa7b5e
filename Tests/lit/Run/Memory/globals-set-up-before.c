// RUN: %check %s
// Pointers in work globals that the first call stores, which is not a derivative.
#include "check.h"

static double storage[64];
static double *rows[8];
static struct {
  int ready;
  struct {
    double *first, *second;
  } halves[2];
  double scale;
} work;

static double determinant(double *x, int n) {
  if (!work.ready) {
    for (int i = 0; i < 8; i++) rows[i] = storage + 8 * i;
    work.ready = 1;
  }
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) rows[i][j] = x[i] * x[j] + (i == j);
  for (int k = 0; k < n; k++)
    for (int i = k + 1; i < n; i++) {
      double l = rows[i][k] / rows[k][k];
      for (int j = k; j < n; j++) rows[i][j] -= l * rows[k][j];
    }
  double d = 1;
  for (int i = 0; i < n; i++) d *= rows[i][i];
  return d;
}

static double halves(double *x, int n) {
  static int ready;
  if (!ready) {
    for (int h = 0; h < 2; h++) {
      work.halves[h].first = storage + 32 * h;
      work.halves[h].second = storage + 32 * h + 16;
    }
    ready = 1;
  }
  work.scale = x[0];
  double s = 0;
  for (int i = 0; i < n; i++) {
    work.halves[i % 2].first[i] = x[i] * work.scale;
    work.halves[i % 2].second[i] = work.halves[i % 2].first[i] * x[i];
    s += work.halves[i % 2].second[i];
  }
  return s;
}

int main(void) {
  double x[5] = {0.7, 0.9, 0.4, 1.1, 1.3};
  CHECK_GRAD("rows", determinant, x, 5);
  CHECK_GRAD("halves", halves, x, 5);
  CHECK_GRAD("rows again", determinant, x, 5);
  return chk_exit();
}
