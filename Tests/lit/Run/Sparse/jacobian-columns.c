// RUN: %check %s
/* The Jacobian of a banded map, column by column: the direction is a unit vector that is not in memory, and the
 * tangents of the result go straight into a list of triplets. */
#include "check.h"
enum { N = 12 };
double *__nabla_todense(void *, ...);
void __nabla_fwddiff(void *, ...);

struct triplets { int n; struct { int row, column; double value; } entry[4 * N]; };

static double unit(size_t offset, size_t i) { return offset / sizeof(double) == i; }
static void never(double value, size_t offset, size_t i) { abort(); }
static double nothing(size_t offset, size_t i, struct triplets *t) { return 0; }
static void collect(double value, size_t offset, size_t i, struct triplets *t) {
  if (value == 0) return;
  int k = t->n++;
  t->entry[k].row = (int)(offset / sizeof(double));
  t->entry[k].column = (int)i;
  t->entry[k].value = value;
}

/* Every place is written several times, and what was written is read again. */
static void band(const double *x, double *y) {
  for (int i = 0; i < N; i++) {
    y[i] = 0;
    y[i] += sin(x[i]);
    if (i > 0) y[i] += x[i - 1] * x[i];
    if (i + 1 < N) y[i] += exp(-x[i + 1]);
    y[i] *= y[i];
  }
}

int main(void) {
  double x[N], y[N], dx[N] = {0}, column[N];
  for (int i = 0; i < N; i++) x[i] = 0.3 + 0.1 * i;
  static struct triplets t;
  for (size_t i = 0; i < N; i++) {
    AD_DO(__nabla_fwddiff((void *)band, nabla_dup, x, __nabla_todense((void *)unit, (void *)never, i), nabla_dup, y,
                          __nabla_todense((void *)nothing, (void *)collect, i, &t)),
          (void)0);
  }
  /* The same, with memory. */
  int n = 0;
  double sum = 0;
  for (size_t i = 0; i < N; i++) {
    dx[i] = 1;
    AD_DO(__nabla_fwddiff((void *)band, nabla_dup, x, dx, nabla_dup, y, column), (void)0);
#ifdef NO_AD
    double h = 1e-6, up[N], down[N];
    x[i] += h; band(x, up); x[i] -= 2 * h; band(x, down); x[i] += h;
    for (int r = 0; r < N; r++) { column[r] = (up[r] - down[r]) / (2 * h); if (fabs(column[r]) > 1e-9) collect(column[r], r * sizeof(double), i, &t); }
#endif
    dx[i] = 0;
    for (int r = 0; r < N; r++)
      if (fabs(column[r]) > 1e-9) {
        if (n < t.n) {
          EXPECT("row", t.entry[n].row, r);
          EXPECT("column", t.entry[n].column, i);
          EXPECT_TOL("entry", t.entry[n].value, column[r], 1e-12);
          sum += t.entry[n].value * (r + 1) * (i + 2);
        }
        n++;
      }
  }
  EXPECT("entries", t.n, n);
  EXPECT("entries of a band", n, 3 * N - 2);
  /* And with differences. */
  double h = 1e-5, want = 0;
  for (int i = 0; i < N; i++) {
    double up[N], down[N], old = x[i];
    x[i] = old + h; band(x, up);
    x[i] = old - h; band(x, down);
    x[i] = old;
    for (int r = 0; r < N; r++) want += (up[r] - down[r]) / (2 * h) * (r + 1) * (i + 2);
  }
  EXPECT_TOL("sum", sum, want, 1e-7);
  return chk_exit();
}
