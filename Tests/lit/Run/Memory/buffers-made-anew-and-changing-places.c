// RUN: %check %s
#include "check.h"
/* Memory that is younger than what was read, and memory that only seems so; buffers that change places, all or some of them. */
static double anew(const double *x, int n) {
  double *v = malloc(n * sizeof *v), s = 0;
  memcpy(v, x, n * sizeof *v);
  for (int k = 0; k < 4; k++) {
    double *w = malloc(n * sizeof *w);
    for (int i = 0; i < n; i++) {
      w[i] = 0.1 * x[i];
      for (int j = 0; j < n; j++) w[i] += sin(v[j] + k) * v[i];
    }
    free(v);
    v = w;
  }
  for (int i = 0; i < n; i++) s += v[i] * v[i];
  free(v);
  return s;
}
/* What is made is filled again a round later, while it is read as the other one. */
static double kept(const double *x, int n) {
  double *v = calloc(n, sizeof *v), *w = calloc(n, sizeof *w), s = 0;
  memcpy(v, x, n * sizeof *v);
  for (int k = 0; k < 5; k++) {
    if (k == 2) {
      free(w);
      w = malloc(n * sizeof *w);
    }
    for (int i = 0; i < n; i++) w[i] = v[i] * v[(i + 1) % n] + 0.5 * x[i];
    for (int i = 0; i < n; i++) s += sin(w[i]) * v[i];
    for (int i = 0; i < n; i++) v[i] = w[i] * s * 0.01;
    double *t = k % 2 ? v : w;
    w = k % 2 ? w : v;
    v = t;
  }
  free(v);
  free(w);
  return s;
}
static double turning(const double *x, int n) {
  double *a = malloc(n * sizeof *a), *b = malloc(n * sizeof *b), *c = malloc(n * sizeof *c), s = 0;
  for (int i = 0; i < n; i++) { a[i] = x[i]; b[i] = 0.3 * x[i]; c[i] = x[i] * x[i]; }
  for (int k = 0; k < 5; k++) {
    for (int i = 1; i + 1 < n; i++) c[i] = a[i - 1] * a[i] - 0.5 * a[i + 1] + sin(b[i]) * c[i];
    for (int i = 1; i + 1 < n; i++) b[i] += c[i] * c[i + 1];
    double *t = a;
    a = b;
    b = c;
    c = t;
  }
  for (int i = 0; i < n; i++) s += a[i] * b[i] + c[i];
  free(a);
  free(b);
  free(c);
  return s;
}
/* Two names of one buffer, from the second round on. */
static double joined(const double *x, int n) {
  double *a = malloc(n * sizeof *a), *b = malloc(n * sizeof *b), *first = a, *second = b, s = 0;
  for (int i = 0; i < n; i++) { a[i] = x[i]; b[i] = 0.3 * x[i]; }
  for (int k = 0; k < 3; k++) {
    for (int i = 1; i + 1 < n; i++) b[i] = 0.4 * a[i - 1] * a[i] - 0.5 * a[i + 1] + b[i];
    a = b;
  }
  for (int i = 0; i < n; i++) s += a[i] * b[i] + first[i];
  free(first);
  free(second);
  return s;
}
int main(void) {
  double x[] = {0.9, 1.2, -0.7, 0.4, 0.8, 0.1};
  CHECK_GRAD("anew", anew, x, 6);
  CHECK_GRAD("kept", kept, x, 6);
  CHECK_GRAD("turning", turning, x, 6);
  CHECK_GRAD("joined", joined, x, 6);
  return chk_exit();
}
