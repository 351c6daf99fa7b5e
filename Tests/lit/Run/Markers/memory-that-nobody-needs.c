// RUN: %check %s
/* What a function writes to memory that is not needed afterwards, and that it does not use itself, is not written: there
 * need not be any memory. */
#include "check.h"
void __nabla_autodiff(void *, ...);
void __nabla_fwddiff(void *, ...);
enum { N = 4 };
static void squares(const double *x, double *y) { for (int i = 0; i < N; i++) y[i] = x[i] * x[i]; }
static void accumulated(const double *x, double *y) {
  memset(y, 0, 2 * sizeof *y);
  for (int i = 0; i < N; i++) y[i / 2] += x[i] * x[i];
  for (int i = 0; i < 2; i++) y[i] *= 3;
}
static void copied(const double *x, double *y) {
  double w[N];
  for (int i = 0; i < N; i++) w[i] = sin(x[i]);
  memcpy(y, w, sizeof w);
}
/* Here the result is used, so it is written. */
static void used(const double *x, double *y) {
  y[0] = x[0] * x[1];
  y[1] = y[0] * y[0] * x[2];
}
static void run(const char *name, void f(const double *, double *), int n, double *memory) {
  double x[N] = {1, 2, -3, 0.5}, dx[N] = {0}, v[N] = {1, 0.5, -1, 2}, w[N] = {1, -1, 2, 3}, dy[N], ty[N] = {0};
  memcpy(dy, w, sizeof w);
  double h = 1e-5, left = 0, right = 0;
#ifdef NO_AD
  memory = 0;
#else
  if (f == squares) {
    __nabla_fwddiff((void *)squares, nabla_dup, x, v, nabla_dupnoneed, memory, ty);
    __nabla_autodiff((void *)squares, nabla_dup, x, dx, nabla_dupnoneed, memory, dy);
  } else if (f == accumulated) {
    __nabla_fwddiff((void *)accumulated, nabla_dup, x, v, nabla_dupnoneed, memory, ty);
    __nabla_autodiff((void *)accumulated, nabla_dup, x, dx, nabla_dupnoneed, memory, dy);
  } else if (f == copied) {
    __nabla_fwddiff((void *)copied, nabla_dup, x, v, nabla_dupnoneed, memory, ty);
    __nabla_autodiff((void *)copied, nabla_dup, x, dx, nabla_dupnoneed, memory, dy);
  } else {
    __nabla_fwddiff((void *)used, nabla_dup, x, v, nabla_dupnoneed, memory, ty);
    __nabla_autodiff((void *)used, nabla_dup, x, dx, nabla_dupnoneed, memory, dy);
  }
#endif
  for (int i = 0; i < N; i++) {
    double up[N], down[N], old = x[i], want = 0;
    x[i] = old + h; f(x, up);
    x[i] = old - h; f(x, down);
    x[i] = old;
    for (int j = 0; j < n; j++) want += w[j] * (up[j] - down[j]) / (2 * h);
#ifdef NO_AD
    dx[i] = want;
    for (int j = 0; j < n; j++) ty[j] += v[i] * (up[j] - down[j]) / (2 * h);
#endif
    EXPECT_TOL(name, dx[i], want, 1e-8);
    right += dx[i] * v[i];
  }
  for (int j = 0; j < n; j++) left += w[j] * ty[j];
  EXPECT_TOL("forward against reverse", left, right, 1e-10);
}
int main(void) {
  double memory[N] = {0};
  run("squares", squares, N, 0);
  run("accumulated", accumulated, 2, (double *)1);
  run("copied", copied, N, 0);
  run("used", used, 2, memory);
  return chk_exit();
}
