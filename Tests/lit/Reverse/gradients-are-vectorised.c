// RUN: %clang -O2 -S -emit-llvm %s -o - | %filecheck %s

// The pass comes before the vectorisers, which thus take the loops of a gradient, too.

static double f(const double *restrict x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += x[i] * x[i] * x[i];
  return s;
}

void __nabla_autodiff(void *, ...);
extern int nabla_dup, nabla_const;
void gradient(const double *x, double *restrict dx, int n) {
  __nabla_autodiff((void *)f, nabla_dup, x, dx, nabla_const, n);
}
// CHECK-LABEL: define {{.*}}@gradient
// CHECK: fmul <2 x double>
// CHECK: store <2 x double>
// CHECK: }
