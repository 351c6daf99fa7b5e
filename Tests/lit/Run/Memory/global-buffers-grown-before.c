// RUN: %check %s
// SANITIZE
// Work arrays behind global pointers that calls outside of derivatives have allocated or made larger.
#include "check.h"
#include <stdlib.h>
#include <string.h>

static double *buffer;
static int capacity;
static double grown(double *x, int n) {
  if (n > capacity) {
    buffer = (double *)realloc(buffer, n * sizeof *buffer);
    capacity = n;
  }
  for (int i = 0; i < n; i++) buffer[i] = x[i] * x[i];
  for (int i = 1; i < n; i++) buffer[i] += buffer[i - 1] * x[i];
  return buffer[n - 1];
}

double *left, *right;
static void setUp(int n) {
  left = (double *)malloc(n * sizeof *left);
  right = (double *)calloc(n, sizeof *right);
}
static double sides(double *x, int n) {
  for (int i = 0; i < n; i++) {
    left[i] = x[i] * 2;
    right[i] = left[i] * x[n - 1 - i];
  }
  double s = 0;
  for (int i = 0; i < n; i++) s += left[i] * right[n - 1 - i];
  return s;
}

static struct {
  double *u;
  int size;
} replaced;
static double anew(double *x, int n) {
  if (n > replaced.size) {
    free(replaced.u);
    replaced.u = (double *)malloc(n * sizeof(double));
    replaced.size = n;
  }
  double s = 0;
  for (int i = 0; i < n; i++) s += x[i] * i;
  return s * s;
}

static double (*chosen)(double);
static double cube(double v) { return v * v * v; }
static double half(double v) { return v * 0.5; }
static double through(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += chosen(x[i]);
  return s;
}

int main(void) {
  double x[6] = {0.7, 0.9, 0.4, 1.1, 1.3, 0.2};
  grown(x, 3);
  CHECK_GRAD("grown", grown, x, 4);
  grown(x, 5);
  CHECK_GRAD("grown again", grown, x, 5);
  CHECK_GRAD("grown inside", grown, x, 6);
  setUp(6);
  CHECK_GRAD("sides", sides, x, 6);
  CHECK_GRAD("anew", anew, x, 5);
  chosen = cube;
  CHECK_GRAD("chosen", through, x, 6);
  chosen = half;
  CHECK_GRAD("chosen again", through, x, 6);
  return chk_exit();
}
