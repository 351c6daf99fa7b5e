// RUN: %not %clang -O1 -g -ferror-limit=0 -c %s -o %t.o 2>&1 | %filecheck %s
/* Too many or too few operands: the message shows the call as it should be. */
extern int nabla_dup, nabla_const, nabla_out, nabla_interleave;
double __nabla_autodiff(void *, ...);
double __nabla_fwddiff(void *, ...);
static double f(double *x, int n, double k) { return x[0] * n * k; }

double no_function(void) {
  // CHECK: operand-count.c:[[#@LINE+1]]:10: error: __nabla_autodiff is to differentiate a null pointer: its first operand must be a function
  return __nabla_autodiff((void *)0, 2.0);
}
double too_few(double *x, double *dx) {
  // CHECK: operand-count.c:[[#@LINE+1]]:10: error: too few operands: none is left for parameter 3 ('double k') of 'f'; expected: double __nabla_autodiff(void *f, {{.*}}x, {{.*}}d_x, int n, double k)
  return __nabla_autodiff((void *)f, nabla_dup, x, dx, 3);
}
double too_many(double *x, double *dx) {
  // CHECK: operand-count.c:[[#@LINE+1]]:10: error: 1 operand too many for 'f' in __nabla_autodiff; expected: double __nabla_autodiff(
  return __nabla_autodiff((void *)f, x, dx, 3, 2.0, 5);
}
double no_shadow(double *x) {
  // CHECK: operand-count.c:[[#@LINE+1]]:10: error: found 'nabla_const' where the shadow of parameter 1 ('{{.*}}x') of 'f' should be
  return __nabla_autodiff((void *)f, nabla_dup, x, nabla_const, 3, 2.0);
}
double no_tangent(double *x, double *dx) {
  // CHECK: operand-count.c:[[#@LINE+1]]:10: error: too few operands: none is left for parameter 3 ('double k') of 'f'; expected: double __nabla_fwddiff(void *f, {{.*}}x, {{.*}}d_x, int n, double k, double d_k)
  return __nabla_fwddiff((void *)f, x, dx, 3, 2.0);
}
double shadows_not_last(double *x, double *dx) {
  // CHECK: operand-count.c:[[#@LINE+1]]:10: error: {{.*}}nabla_interleave'
  return __nabla_autodiff((void *)f, x, nabla_interleave, dx, 3, 2.0);
}
