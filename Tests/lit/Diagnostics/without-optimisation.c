// RUN: %not %clang -O0 -g -ferror-limit=0 -c %s -o %t.o 2>&1 | %filecheck %s
/* Names of parameters are those of the source at -O0 too, where parameters live in variables. */
extern int nabla_dup, nabla_const;
double __nabla_autodiff(void *, ...);
static double f(double *x, int n) { return x[0] * n; }

double too_few(double *x, double *dx) {
  // CHECK: without-optimisation.c:[[#@LINE+1]]:10: error: too few operands: none is left for parameter 2 ('int n') of 'f'; expected: void __nabla_autodiff(void *f, {{.*}}x, {{.*}}d_x, int n)
  return __nabla_autodiff((void *)f, nabla_dup, x, dx);
}
double its_own_shadow(double *x) {
  // CHECK: without-optimisation.c:[[#@LINE+1]]:10: warning: parameter 1 ('{{.*}}x') of 'f' is given as its own shadow
  return __nabla_autodiff((void *)f, nabla_dup, x, x, nabla_const, 3);
}
