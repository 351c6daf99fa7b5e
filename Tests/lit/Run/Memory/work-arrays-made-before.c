// RUN: %check %s
// Work arrays that an initialising function allocates: in structures, swapped at each step, two pointers to one of them.
#include "check.h"
#include <stdlib.h>

static double *u, *v, *current;
static struct {
  double dt, g[3];
  int steps;
  double *history;
} com;
static int size;
static void init(int n) {
  size = n;
  free(com.history);
  free(u);
  free(v);
  u = (double *)malloc(n * sizeof *u);
  v = (double *)malloc(n * sizeof *v);
  com.history = (double *)malloc(2 * n * sizeof(double));
  com.dt = 0.05;
  com.g[0] = 1;
  com.g[1] = -0.5;
  com.g[2] = 0.25;
  com.steps = 7;
}
static void step(void) {
  for (int i = 1; i < size - 1; i++)
    v[i] = u[i] + com.dt * (u[i - 1] - 2 * u[i] + u[i + 1]) + com.dt * com.g[i % 3] * u[i] * u[i];
  v[0] = v[1];
  v[size - 1] = v[size - 2];
  double *t = u;
  u = v;
  v = t;
}
static double diffusion(double *x, int n) {
  for (int i = 0; i < n; i++) u[i] = x[i];
  for (int s = 0; s < com.steps; s++) {
    step();
    com.history[s] = u[s % n];
  }
  double r = 0;
  for (int i = 0; i < n; i++) r += u[i] * u[i] * (i + 1);
  for (int s = 0; s < com.steps; s++) r += com.history[s];
  return r;
}
static double shared(double *x, int n) {
  for (int i = 0; i < n; i++) u[i] = x[i];
  for (int i = 0; i < n; i++) current[i] = current[i] * x[0] + v[i % 2] * 0;
  double s = 0;
  for (int i = 0; i < n; i++) s += u[i] * current[n - 1 - i];
  return s;
}
int main(void) {
  double x[6] = {0.31, 0.92, 0.45, 0.73, 0.21, 0.62};
  init(6);
  diffusion(x, 6);
  CHECK_GRAD("diffusion", diffusion, x, 6);
  init(9);
  double y[9] = {0.31, 0.92, 0.45, 0.73, 0.21, 0.62, 0.4, 0.5, 0.8};
  CHECK_GRAD("larger", diffusion, y, 9);
  v[0] = v[1] = 0;
  current = u;
  CHECK_GRAD("shared", shared, x, 6);
  double *t = u;
  u = v;
  v = t;
  current = u;
  v[0] = v[1] = 0;
  CHECK_GRAD("shared, the other", shared, x, 5);
  free(u);
  free(v);
  free(com.history);
  return chk_exit();
}
