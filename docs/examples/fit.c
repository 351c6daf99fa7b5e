/* Fits a small model to data: the gradient of a loss over arrays, inside an optimiser's loop.

   clang-19 -O2 -fpass-plugin=libNabla.so fit.c -o fit -lm */
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { samples = 60, parameters = 4 };

/* A damped oscillation a·exp(-b t)·cos(c t + d), and how far it is from the data. */
static double loss(const double *restrict p, int n, const double *restrict t, const double *restrict y) {
  double sum = 0;
  for (int i = 0; i < n; i++) {
    double r = p[0] * exp(-p[1] * t[i]) * cos(p[2] * t[i] + p[3]) - y[i];
    sum += r * r;
  }
  return sum / n;
}

extern int nabla_dup, nabla_const, nabla_primal_return;
double __nabla_autodiff(void *, ...);

/* The loss, and its gradient with respect to the parameters only: `nabla_const` spares the rest. */
static double loss_and_gradient(const double *p, double *dp, int n, const double *t, const double *y) {
  memset(dp, 0, parameters * sizeof *dp); /* reverse mode adds */
  return __nabla_autodiff((void *)loss, nabla_primal_return, nabla_dup, p, dp, n, nabla_const, t, nabla_const, y);
}

int main(void) {
  const double truth[parameters] = {2.0, 0.3, 3.0, 0.5};
  double t[samples], y[samples];
  for (int i = 0; i < samples; i++) {
    t[i] = 0.1 * i;
    y[i] = truth[0] * exp(-truth[1] * t[i]) * cos(truth[2] * t[i] + truth[3]);
  }
  /* Adam: steps from running means of the gradient and of its square. */
  double p[parameters] = {1.5, 0.5, 2.8, 0.2}, g[parameters], m[parameters] = {0}, v[parameters] = {0};
  for (int step = 1; step <= 2000; step++) {
    double f = loss_and_gradient(p, g, samples, t, y);
    for (int k = 0; k < parameters; k++) {
      m[k] = 0.9 * m[k] + 0.1 * g[k];
      v[k] = 0.999 * v[k] + 0.001 * g[k] * g[k];
      p[k] -= 0.01 * (m[k] / (1 - pow(0.9, step))) / (sqrt(v[k] / (1 - pow(0.999, step))) + 1e-12);
    }
    if (step == 1 || step % 500 == 0) printf("step %4d  loss %.9f\n", step, f);
  }
  printf("found  %.4f %.4f %.4f %.4f\n", p[0], p[1], p[2], p[3]);
  printf("truth  %.4f %.4f %.4f %.4f\n", truth[0], truth[1], truth[2], truth[3]);
  return 0;
}
