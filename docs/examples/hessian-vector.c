/* A Hessian times a vector, without the Hessian: forward mode over reverse mode.

   clang-19 -O2 -fpass-plugin=libNabla.so hessian-vector.c -o hessian-vector -lm */
#include <math.h>
#include <stdio.h>

enum { n = 6 };

static double rosenbrock(const double *restrict x, int size) {
  double sum = 0;
  for (int i = 0; i + 1 < size; i++) {
    double a = x[i + 1] - x[i] * x[i], b = 1 - x[i];
    sum += 100 * a * a + b * b;
  }
  return sum;
}

extern int nabla_dup, nabla_const;
void __nabla_autodiff(void *, ...);
void __nabla_fwddiff(void *, ...);

static void gradient(const double *restrict x, double *restrict g, int size) {
  for (int i = 0; i < size; i++) g[i] = 0;
  __nabla_autodiff((void *)rosenbrock, nabla_dup, x, g, nabla_const, size);
}

/* The tangent of the gradient along v is H·v, at a small multiple of the cost of rosenbrock. */
static void hessian_vector(const double *x, const double *v, double *g, double *hv, int size) {
  __nabla_fwddiff((void *)gradient, nabla_dup, x, v, nabla_dup, g, hv, nabla_const, size);
}

int main(void) {
  double x[n], v[n], g[n], hv[n], worst = 0;
  for (int i = 0; i < n; i++) {
    x[i] = 1 + 0.1 * i;
    v[i] = i % 2 ? -1 : 0.5;
  }
  hessian_vector(x, v, g, hv, n);
  for (int i = 0; i < n; i++) {
    double left = i > 0 ? x[i - 1] : 0, right = i + 1 < n ? x[i + 1] : 0, want = 0;
    if (i + 1 < n) want += (1200 * x[i] * x[i] - 400 * right + 2) * v[i] - 400 * x[i] * v[i + 1];
    if (i > 0) want += 200 * v[i] - 400 * left * v[i - 1];
    worst = fmax(worst, fabs(want - hv[i]));
    printf("%d  gradient %12.4f  H·v %12.4f\n", i, g[i], hv[i]);
  }
  printf("as by hand: %s\n", worst < 1e-8 ? "yes" : "no");
  return worst < 1e-8 ? 0 : 1;
}
