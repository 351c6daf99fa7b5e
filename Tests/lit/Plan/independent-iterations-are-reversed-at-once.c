// RUN: %clang -O1 -Xclang -disable-llvm-passes -emit-llvm -c %s -o %t.bc
// RUN: %opt -passes='nabla<show-plan>' -disable-output %t.bc 2>&1 | %filecheck %s

// Each iteration fills what it reads, and is added to a sum: what it keeps is kept for that iteration only.

#include <math.h>
static double scratch(const double *restrict x, const double *restrict y, double *restrict c, int n, int m) {
  double total = 0;
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < m; j++) c[j] = exp(x[i] * y[j]);
    double s = 0;
    for (int j = 0; j < m; j++) s += sin(c[j]) * c[j];
    total += s * s;
  }
  return total;
}
double private(const double *x, const double *y, int n, int m) {
  double c[32];
  return scratch(x, y, c, n, m);
}
double callers(const double *x, const double *y, double *c, int n, int m) { return scratch(x, y, c, n, m); }

// CHECK: plan for private, combined:
// CHECK: local{{.*}}swept forward and back one by one
// CHECK: plan for callers, combined:
// CHECK-NOT: local
double __nabla_autodiff(void *, ...);
extern int nabla_dup, nabla_const;
void g(double *x, double *dx, double *y, double *dy, double *c, double *dc, int n, int m) {
  __nabla_autodiff((void *)private, nabla_dup, x, dx, nabla_dup, y, dy, nabla_const, n, nabla_const, m);
  __nabla_autodiff((void *)callers, nabla_dup, x, dx, nabla_dup, y, dy, nabla_dup, c, dc, nabla_const, n, nabla_const, m);
}
