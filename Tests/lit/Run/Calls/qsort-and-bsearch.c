// RUN: %check %s
/* qsort and bsearch with active data. */
#include "check.h"

static int up(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}
static double ordered(double *x, int n) {
  double s = 0;
  qsort(x, n, sizeof *x, up);
  for (int i = 0; i < n; i++) s += (i + 1) * x[i] * x[i];
  return s * x[n / 2];
}

struct item { int id; double key, mass; float weight; };
static int by_key(const void *a, const void *b) {
  const struct item *p = a, *q = b;
  return (p->key > q->key) - (p->key < q->key);
}
static int by_parity(const void *a, const void *b) { return ((const struct item *)a)->id % 2 - ((const struct item *)b)->id % 2; }
static double items(double *x, int n) {
  struct item *list = malloc(n * sizeof *list);
  double s = 0;
  for (int i = 0; i < n; i++) list[i] = (struct item){i, x[i] * x[(i + 1) % n], sin(x[i]), (float)i};
  qsort(list, n, sizeof *list, by_key);
  for (int i = 0; i < n; i++) s += list[i].mass * (i + list[i].weight);
  qsort(list, n, sizeof *list, by_parity);
  for (int i = 0; i < n; i++) s += list[i].key * list[i].mass * i;
  free(list);
  return s;
}

static int by_size(const void *a, const void *b) {
  double x = **(double *const *)a, y = **(double *const *)b;
  return fabs(x) < fabs(y) ? -1 : fabs(x) > fabs(y);
}
static double pointers(double *x, int n) {
  double *p[16], s = 0;
  for (int i = 0; i < n; i++) p[i] = &x[i];
  qsort(p, n, sizeof *p, by_size);
  for (int i = 0; i < n; i++) *p[i] *= i + 1;
  for (int i = 0; i < n; i++) s += x[i] * *p[i];
  return s;
}

static double looked_up(double *x, int n) {
  double key = 0.5 * (x[0] + x[0]), s = 0;
  qsort(x, n, sizeof *x, up);
  double *p = bsearch(&key, x, n, sizeof *x, up);
  return p ? *p * (p - x) * x[n - 1] : -1;
}

int main() {
  double x[] = {1.5, -0.7, 3.2, 0.9, -2.8, 1.1, 2.3, 0.6};
  CHECK_GRAD("ordered", ordered, x, 8);
  CHECK_GRAD("ordered, three", ordered, x, 3);
  CHECK_GRAD("ordered, one", ordered, x, 1);
  CHECK_GRAD("items", items, x, 8);
  CHECK_GRAD("pointers", pointers, x, 8);
  CHECK_GRAD("looked up", looked_up, x, 8);
  return chk_exit();
}
