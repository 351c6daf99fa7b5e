/* Sum over rows of log(sum(exp(row))), each shifted by its largest entry. */
#include "kernel.h"
static long R, C;
static double *mat;
static double row_lse(long c, const double *restrict v) {
  double top = v[0];
  for (long j = 1; j < c; j++)
    if (v[j] > top) top = v[j];
  double s = 0.0;
  for (long j = 0; j < c; j++) s += exp(v[j] - top);
  return top + log(s);
}
static double all_rows(long r, long c, const double *restrict m) {
  double t = 0.0;
  for (long i = 0; i < r; i++) t += row_lse(c, m + i * c);
  return t;
}
static double bench_f(const double *x) { return all_rows(R, C, x); }
long bench_default_size(void) { return 1000; }
long bench_setup(long size) {
  uint64_t s = 99;
  R = size; C = 100;
  mat = bench_fill(&s, R * C, -4, 4);
  return R * C;
}
double *bench_x(void) { return mat; }
double bench_primal(void) { return bench_f(mat); }
void bench_gradient(double *g) {
  memset(g, 0, sizeof(double) * (size_t)(R * C));
  IF_REVERSE(REVERSE((void *)all_rows, AD(const), R, AD(const), C, AD(dup), mat, g);)
}
double bench_jvp(const double *v) {
  (void)v;
  IF_FORWARD(return FORWARD((void *)all_rows, AD(const), R, AD(const), C, AD(dup), mat, v);)
}
int bench_manual(double *g) {
  for (long i = 0; i < R; i++) {
    const double *v = mat + i * C;
    double *o = g + i * C, top = v[0], s = 0;
    for (long j = 1; j < C; j++) top = v[j] > top ? v[j] : top;
    for (long j = 0; j < C; j++) s += o[j] = exp(v[j] - top);
    double inv = 1 / s;
    for (long j = 0; j < C; j++) o[j] *= inv;
  }
  return 1;
}
