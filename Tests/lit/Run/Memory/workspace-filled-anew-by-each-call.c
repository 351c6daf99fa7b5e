// RUN: %check %s
// SANITIZE
/* A recursive function fills a workspace of its caller and reads it. Within one run of it nothing is stored after the
   reads; the next run overwrites what this one's reversal wants. */
#include "check.h"

static double levels(double *work, const double *x, int n, int k) {
  for (int i = 0; i < n; i++) work[i] = sin(x[i] * (k + 1));
  double s = 0;
  for (int i = 0; i < n; i++) s += work[i] * work[(i + k) % n];
  return k > 0 ? x[k] * s + levels(work, x, n, k - 1) : s;
}
static double f(double *x, int n) {
  double *work = malloc(n * sizeof(double));
  double s = levels(work, x, n, 3);
  free(work);
  return s;
}

/* Called in a loop of another, and from two places. */
static double blend(double *work, const double *x, int n, int skip) {
  if (skip == 1) {
    for (int i = 0; i < n; i++) work[i] *= 0.5;
    return work[1];
  }
  for (int i = 0; i < n; i++) work[i] = x[i] * x[(i + 1) % n];
  double s = skip > 1 ? blend(work + n, x, n, skip - 2) : 1;
  for (int i = n; i-- > 0;) s = s * 0.5 + work[i] * work[i];
  return s;
}
static double g(double *x, int n) {
  double work[20], s = 0;
  for (int k = 0; k < 3; k++) s = s * x[k] + blend(work, x, n, 2 + k);
  return s * blend(work, x + 1, n - 1, 1) + blend(work, x, n - 1, 0);
}

int main(void) {
  double x[] = {0.7, -0.4, 1.3, 0.2, -0.9};
  CHECK_GRAD("recursion", f, x, 5);
  CHECK_GRAD("from two places", g, x, 5);
  return chk_exit();
}
