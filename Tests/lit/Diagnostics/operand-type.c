// RUN: %not %clang -O1 -g -ferror-limit=0 -c %s -o %t.o 2>&1 | %filecheck %s
/* An operand that can't become the parameter. */
extern int nabla_dup, nabla_const, nabla_out, nabla_dupv, nabla_byref;
static const int nabla_dupnoneed = 0;
double __nabla_autodiff(void *, ...);
static double f(double *x, int n, double k) { return x[0] * n * k; }

double integer_for_float(double *x, double *dx) {
  // CHECK: operand-type.c:[[#@LINE+1]]:10: error: parameter 3 ('double k') of 'f' can't take an operand of type 'int' (write a floating-point constant
  return __nabla_autodiff((void *)f, x, dx, 3, 2);
}
double pointer_for_integer(double *x, double *dx) {
  // CHECK: operand-type.c:[[#@LINE+1]]:10: error: parameter 2 ('int n') of 'f' can't take an operand of type '{{.*}} *'
  return __nabla_autodiff((void *)f, x, dx, x, 2.0);
}
double folded_marker(double *x, double *dx) {
  // CHECK: operand-type.c:[[#@LINE+1]]:10: error: parameter 1 ('{{.*}}x') of 'f' can't take an operand of type 'int' ({{.*}}declare it 'extern int' without a value)
  return __nabla_autodiff((void *)f, nabla_dupnoneed, x, dx, 3, 2.0);
}
double strided_number(double *x, double *dx) {
  // CHECK: operand-type.c:[[#@LINE+1]]:10: error: strided shadows need an integer stride in bytes and a pointer as the shadow of parameter 1
  return __nabla_autodiff((void *)f, nabla_dupv, 8.0, x, dx, 3, 2.0);
}
double wrong_size(double *x, double *dx) {
  // CHECK: operand-type.c:[[#@LINE+1]]:10: error: 'nabla_byref' says 4 bytes, but parameter 3 ('double k') of 'f' has 8
  return __nabla_autodiff((void *)f, x, dx, 3, nabla_byref, 4, x);
}
double shadow_forgotten(double *x) {
  // CHECK: operand-type.c:[[#@LINE+1]]:10: error: the shadow of parameter 1 ('{{.*}}x') of 'f' can't take an operand of type 'int' (a pointer is followed by its shadow, which takes the derivative; for one without derivative, write 'nabla_const' before it)
  return __nabla_autodiff((void *)f, x, 3, 2.0);
}
double null_shadow(double *x) {
  // CHECK: operand-type.c:[[#@LINE+1]]:10: warning: the shadow of parameter 1 ('{{.*}}x') of 'f' is null, and the derivative will write to it
  return __nabla_autodiff((void *)f, x, (double *)0, 3, 2.0);
}
double another_order(double *x, double *dx, int n) {
  // CHECK: operand-type.c:[[#@LINE+1]]:10: error: parameter 1 ('{{.*}}x') of 'f' can't take an operand of type 'int' (operands come in the order of the function's parameters)
  return __nabla_autodiff((void *)f, nabla_const, n, nabla_dup, x, dx, 2.0);
}
double shadow_of_constant(double *x, double *dx) {
  // CHECK: operand-type.c:[[#@LINE+1]]:10: error: parameter 2 ('int n') of 'f' can't take an operand of type '{{.*}} *' (what is marked 'nabla_const' has no shadow)
  return __nabla_autodiff((void *)f, nabla_const, x, dx, 3, 2.0);
}
double float_for_integer(double *x, double *dx) {
  // CHECK: operand-type.c:[[#@LINE+1]]:10: error: parameter 2 ('int n') of 'f' can't take an operand of type 'double' (write an integer, or convert it: C does not here)
  return __nabla_autodiff((void *)f, x, dx, 3.0, 2.0);
}
double variable_for_float(double *x, double *dx, int k) {
  // CHECK: operand-type.c:[[#@LINE+1]]:10: error: parameter 3 ('double k') of 'f' can't take an operand of type 'int' (convert it: C does not here)
  return __nabla_autodiff((void *)f, x, dx, 3, k);
}
double its_own_shadow(double *x) {
  // CHECK: operand-type.c:[[#@LINE+1]]:10: warning: parameter 1 ('{{.*}}x') of 'f' is given as its own shadow, so the derivative will change the value
  return __nabla_autodiff((void *)f, x, x, 3, 2.0);
}
