// RUN: %check %s
/* A callee that changed memory before it threw: what it did is either reversed, or the program ends with a message. Wrong derivatives
   are what must not come out. Where it threw first, and where nothing was thrown, all is right. */
#include "check.h"
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void scale(double *x, int k) {
  x[k] *= x[k];
  if (x[k] > 4) throw k;
  if (k > 0) scale(x, k - 1);
}
static void scale_checked(double *x, int k) {
  if (x[k] > 2) throw k;
  x[k] *= x[k];
  if (k > 0) scale_checked(x, k - 1);
}
template <void (*body)(double *, int)> static double caught(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    try {
      body(x, i % 2 == 0 ? i : 0);
    } catch (int k) {
      s += (k + 1) * x[0];
    }
  }
  for (int i = 0; i < n; i++) s += x[i] * (i + 1);
  return s;
}

/* 0 if the gradient is right, 1 if it is not, 2 if the program ended with a message. */
template <void (*body)(double *, int)> static int outcome(const double *at, int n) {
  double want[8], x[8], dx[8] = {0};
  for (int i = 0; i < n; i++) {
    double f[2];
    for (int side = 0; side < 2; side++) {
      memcpy(x, at, n * sizeof *x);
      x[i] += side ? 1e-6 : -1e-6;
      f[side] = caught<body>(x, n);
    }
    want[i] = (f[1] - f[0]) / 2e-6;
  }
  int status = 0;
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    close(2);
    memcpy(x, at, n * sizeof *x);
    AD_DO(__nabla_autodiff_d((void *)caught<body>, nabla_dup, x, dx, nabla_const, n), memcpy(dx, want, sizeof want));
    int wrong = 0;
    for (int i = 0; i < n; i++) wrong |= !chk_close(dx[i], want[i], 1e-5, 1e-3);
    _exit(wrong);
  }
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? 2 : WEXITSTATUS(status);
}

int main() {
  double fine[] = {0.9, 1.1, 0.7, 1.05, 0.8}, first[] = {0.9, 1.1, 0.7, 1.05, 2.5}, late[] = {0.9, 3.1, 0.7, 1.05, 0.8};
  EXPECT("nothing thrown", outcome<scale>(fine, 5), 0);
  EXPECT("thrown before changes", outcome<scale_checked>(first, 5) != 1, 1);
  EXPECT("thrown after changes", outcome<scale>(first, 5) != 1, 1);
  EXPECT("thrown after many changes", outcome<scale>(late, 5) != 1, 1);
  return chk_exit();
}
