// RUN: %clang -O1 -Xclang -disable-llvm-passes -emit-llvm -c %s -o %t.bc
// RUN: %opt -passes='nabla<show-plan>' -disable-output %t.bc 2>&1 | %filecheck %s

#include <stdlib.h>
#include <string.h>
// What is read in one round is older than what is written there and later.
double anew(const double *x, int n) {
  double *v = malloc(n * sizeof *v);
  memcpy(v, x, n * sizeof *v);
  for (int k = 0; k < 4; k++) {
    double *w = malloc(n * sizeof *w);
    for (int i = 0; i < n; i++) {
      double s = 0;
      for (int j = 0; j < n; j++) s += v[j] * v[i] * x[j];
      w[i] = s;
    }
    free(v);
    v = w;
  }
  double e = v[0];
  free(v);
  return e;
}
// CHECK: plan for anew, combined:
// CHECK-NOT: keep{{.*}}load double

// Buffers that change places are never the same: shares of a stencil's neighbours are added up before they are written.
double swapped(const double *x, long m) {
  long n = m * m;
  double *a = malloc(n * sizeof *a), *b = malloc(n * sizeof *b);
  memcpy(a, x, n * sizeof *a);
  memcpy(b, x, n * sizeof *b);
  for (int k = 0; k < 4; k++) {
    for (long i = 1; i + 1 < m; i++)
      for (long j = 1; j + 1 < m; j++) b[i * m + j] = a[i * m + j - 1] + a[i * m + j] * a[i * m + j + 1] + a[i * m + m + j];
    double *t = a;
    a = b;
    b = t;
  }
  double e = a[1];
  free(a);
  free(b);
  return e;
}
// CHECK: plan for swapped, combined:
// CHECK: sum{{.*}}adjoints of 3 loads

// Each call keeps nothing: which way control came is told by the size.
static void halves(double *a, double *b, int n, const double *t) {
  if (n == 1) return;
  int h = n / 2;
  for (int i = 0; i < h; i++) { b[i] = a[2 * i]; b[h + i] = a[2 * i + 1]; }
  halves(b, a, h, t);
  halves(b + h, a + h, h, t);
  for (int i = 0; i < h; i++) { a[i] = b[i] + t[i] * b[h + i]; a[h + i] = b[i] - t[i] * b[h + i]; }
}
double transform(const double *x, const double *t, int n) {
  double *a = malloc(n * sizeof *a), *b = malloc(n * sizeof *b);
  memcpy(a, x, n * sizeof *a);
  halves(a, b, n, t);
  double e = a[1];
  free(a);
  free(b);
  return e;
}
// CHECK: plan for transform, combined:
// CHECK: plan for halves, split:
// CHECK-NOT: keep

double __nabla_autodiff(void *, ...);
extern int nabla_dup, nabla_const;
void g(double *x, double *dx, double *t, int n) {
  __nabla_autodiff((void *)anew, nabla_dup, x, dx, nabla_const, n);
  __nabla_autodiff((void *)swapped, nabla_dup, x, dx, nabla_const, (long)n);
  __nabla_autodiff((void *)transform, nabla_dup, x, dx, nabla_const, t, nabla_const, n);
}
