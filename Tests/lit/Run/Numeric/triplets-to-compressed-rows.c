// RUN: %check %s
// SANITIZE
#include "check.h"
struct coo { int r, c; double v; };
struct csr { int n, *ptr, *col; double *val; };
static int by_place(const struct coo *a, const struct coo *b) { return a->r != b->r ? a->r - b->r : a->c - b->c; }
static struct csr build(struct coo *e, int nnz, int n) {
  struct csr m = {n, calloc(n + 1, sizeof(int)), malloc(nnz * sizeof(int)), malloc(nnz * sizeof(double))};
  for (int i = 1; i < nnz; i++) for (int j = i; j > 0 && by_place(&e[j - 1], &e[j]) > 0; j--) { struct coo t = e[j]; e[j] = e[j - 1]; e[j - 1] = t; }
  int k = -1, lastr = -1, lastc = -1;
  for (int i = 0; i < nnz; i++) {
    if (e[i].r == lastr && e[i].c == lastc) m.val[k] += e[i].v;
    else { k++; m.val[k] = e[i].v; m.col[k] = lastc = e[i].c; lastr = e[i].r; m.ptr[lastr + 1]++; }
  }
  for (int i = 0; i < n; i++) m.ptr[i + 1] += m.ptr[i];
  return m;
}
static void mul(const struct csr *m, const double *x, double *y) {
  for (int i = 0; i < m->n; i++) { double s = 0; for (int k = m->ptr[i]; k < m->ptr[i + 1]; k++) s += m->val[k] * x[m->col[k]]; y[i] = s; }
}
static double f(double *x, int n) {
  static const unsigned char where[][2] = {{0, 0}, {2, 1}, {1, 1}, {0, 2}, {2, 2}, {0, 0}, {1, 2}, {2, 1}, {3, 3}, {3, 0}};
  struct coo *e = malloc(10 * sizeof *e);
  double u[4] = {x[10], x[11], x[12], x[13]}, v[4], s = 0; (void)n;
  for (int i = 0; i < 10; i++) e[i] = (struct coo){where[i][0], where[i][1], x[i]};
  struct csr m = build(e, 10, 4);
  free(e);
  for (int it = 0; it < 3; it++) { mul(&m, u, v); for (int i = 0; i < 4; i++) u[i] = tanh(v[i]); }
  for (int i = 0; i < 4; i++) s += u[i] * u[i];
  free(m.ptr); free(m.col); free(m.val);
  return s;
}
int main(void) {
  double x[14];
  for (int i = 0; i < 14; i++) x[i] = cos(2.1 * i);
  CHECK_GRAD("csr", f, x, 14);
  return chk_exit();
}
