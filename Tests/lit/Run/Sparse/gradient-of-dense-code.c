// RUN: %check %s
/* Reverse mode: the adjoint of the result comes from a function, and the gradient goes to one. The primal matrix is not in
 * memory either. The code copies, clears and recurses. */
#include "check.h"
// SANITIZE
enum { N = 16 };
double *__nabla_todense(void *, ...);
void __nabla_autodiff(void *, ...);

static const double diagonal = 3, beside = -1;
static double laplacian(size_t offset, int n) {
  size_t k = offset / sizeof(double), row = k / n, column = k % n;
  return row == column ? diagonal : row + 1 == column || column + 1 == row ? beside : 0;
}
static void never(double value, size_t offset, int n) { abort(); }

struct sparse { int n; size_t place[N]; double value[N]; };
static double none(size_t offset, struct sparse *s) { return 0; }
static void add(double value, size_t offset, struct sparse *s) {
  if (value == 0) return;
  for (int k = 0; k < s->n; k++)
    if (s->place[k] == offset / sizeof(double)) { s->value[k] += value; return; }
  s->place[s->n] = offset / sizeof(double);
  s->value[s->n++] = value;
}
static double second(size_t offset, struct sparse *s) { return offset == 2 * sizeof(double) ? 0.5 : 0; }
static void taken(double value, size_t offset, struct sparse *s) { s->n++; if (value != 0) abort(); }

/* Sums by halves: the recursive calls get addresses inside the array. */
static double tree(const double *x, const double *w, int n) {
  if (n == 1) return x[0] * x[0] * w[0];
  return tree(x, w, n / 2) + tree(x + n / 2, w + n / 2, n - n / 2);
}
static void form(const double *matrix, int n, const double *x, double *y) {
  double all[N * N], copy[N];
  memcpy(copy, x, n * sizeof(double));
  for (int i = 0; i < n * n; i++) all[i] = matrix[i] * copy[i % n];
  memset(y, 0, n * sizeof(double));
  for (int i = 0; i < n; i++) y[i] = tree(all + i * n, copy, n);
}

int main(void) {
  double x[N], y[N], dy[N] = {0}, dx[N] = {0}, dense[N * N];
  for (int i = 0; i < N; i++) x[i] = 1 + 0.25 * i;
  for (size_t i = 0; i < N * N; i++) dense[i] = laplacian(i * sizeof(double), N);
  dy[2] = 0.5;
  AD_DO(__nabla_autodiff((void *)form, nabla_const, dense, N, nabla_dup, x, dx, nabla_dup, y, dy), (void)0);
  struct sparse found = {0}, seen = {0};
  double z[N];
  AD_DO(__nabla_autodiff((void *)form, nabla_const, __nabla_todense((void *)laplacian, (void *)never, N), N, nabla_dup, x,
                         __nabla_todense((void *)none, (void *)add, &found), nabla_dup, z,
                         __nabla_todense((void *)second, (void *)taken, &seen)),
        (void)0);
  double h = 1e-4, up[N], down[N];
  int n = 0;
  for (int i = 0; i < N; i++) {
    double old = x[i];
    x[i] = old + h; form(dense, N, x, up);
    x[i] = old - h; form(dense, N, x, down);
    x[i] = old;
    double want = 0.5 * (up[2] - down[2]) / (2 * h);
#ifdef NO_AD
    dx[i] = want; z[i] = (form(dense, N, x, z), z[i]); y[i] = z[i];
    if (fabs(want) > 1e-9) add(want, i * sizeof(double), &found);
#endif
    EXPECT_TOL("with memory", dx[i], want, 1e-6);
    EXPECT("value", z[i], y[i]);
    if (fabs(want) > 1e-9) n++;
    for (int k = 0; k < found.n; k++)
      if (found.place[k] == (size_t)i) EXPECT_TOL("without memory", found.value[k], dx[i], 1e-12);
  }
  EXPECT("numbers other than zero", found.n, n);
  EXPECT("three of them", n, 3);
  AD_DO(EXPECT("adjoints taken", seen.n, N), (void)0);
  return chk_exit();
}
