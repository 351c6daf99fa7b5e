// RUN: %check %s
/* The program asks where its array is aligned, and uses wide accesses from there on. Its shadow lies elsewhere. */
#include "check.h"

typedef double pair __attribute__((vector_size(16)));

static double f(const double *x, double *y, int n) {
  int i = 0;
  for (; i < n && ((uintptr_t)(x + i) & 15); i++) y[i] = x[i] * x[i];
  double tail = 0;
  for (; i + 2 <= n; i += 2) {
    pair v = *(const pair *)__builtin_assume_aligned(x + i, 16);
    pair w = v * v * v;
    __builtin_memcpy(y + i, &w, sizeof w);
  }
  for (; i < n; i++) tail += x[i] * i;
  double s = tail;
  for (int k = 0; k < i; k++) s += y[k] * (k + 1);
  return s;
}

int main(void) {
  enum { n = 11 };
  static double room[n + 2] __attribute__((aligned(16))), shadows[n + 3] __attribute__((aligned(16)));
  for (int at = 0; at < 2; at++) {
    for (int shift = 0; shift < 2; shift++) {
      double y[n] = {0}, dy[n] = {0}, ty[n] = {0};
      double *x = room + at, *dx = shadows + shift, slope = 0;
      for (int i = 0; i < n; i++) x[i] = cos(1 + i), dx[i] = 0;
      double grad[n];
      for (int i = 0; i < n; i++) {
        double h = 1e-4, keep = x[i];
        x[i] = keep + h;
        double up = f(x, y, n);
        x[i] = keep - h;
        grad[i] = (up - f(x, y, n)) / (2 * h);
        x[i] = keep;
      }
      memset(y, 0, sizeof y);
      AD_DO(__nabla_autodiff_v((void *)f, nabla_dup, x, dx, nabla_dup, y, dy, nabla_const, n), memcpy(dx, grad, sizeof grad));
      double worst = 0, forward;
      for (int i = 0; i < n; i++) worst = fmax(worst, fabs(dx[i] - grad[i])), slope += dx[i] * (0.5 + i);
      for (int i = 0; i < n; i++) dx[i] = 0.5 + i;
      forward = AD(__nabla_fwddiff_d((void *)f, nabla_dup, x, dx, nabla_dup, y, ty, nabla_const, n), slope);
      EXPECT("close to differences", worst < 1e-6, 1);
      EXPECT("forward and reverse", forward, slope);
    }
  }
  return chk_exit();
}
