#include <stdlib.h>
#include <string.h>

double run(const double *x, int n, int steps) {
  double *u = malloc(n * sizeof *u), *v = malloc(n * sizeof *v), sum = 0;
  memcpy(u, x, n * sizeof *u);
  for (int s = 0; s < steps; s++) {
    for (int i = 0; i < n; i++) v[i] = u[i] * u[n - 1 - i];
    memcpy(u, v, n * sizeof *u);
  }
  for (int i = 0; i < n; i++) sum += u[i] * u[i];
  free(u);
  free(v);
  return sum;
}
