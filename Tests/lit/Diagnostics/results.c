// RUN: %not %clang -O1 -g -ferror-limit=0 -c %s -o %t.o 2>&1 | %filecheck %s
/* What the hook is declared to return must be what the derivative yields. */
extern int nabla_primal_return;
struct three { double a, b, c; };
double __nabla_autodiff_d(void *, ...);
int __nabla_autodiff_i(void *, ...);
struct three __nabla_autodiff_3(void *, ...);
struct Result { float result; void *tape; }; struct Result __nabla_augmentfwd(void *, ...);
double __nabla_fwddiff(void *, ...);
static double f(double x, double y) { return x * y; }
static void g(double *x) { x[0] *= 2; }

void __nabla_autodiff_v(void *, ...);
static int sign(double x) { return x > 0; }
int printf(const char *, ...);
static double *address(double x) {
  static double place;
  place = x * x;
  return &place;
}

void all_dropped(double x) {
  // CHECK: results.c:[[#@LINE+1]]:3: warning: __nabla_autodiff is declared to return nothing, so d_x, d_y is dropped, and there is nothing else; declare: struct Result { double d_x; double d_y; }; struct Result __nabla_autodiff(void *f, double x, double y)
  __nabla_autodiff_v((void *)f, x, 3.0);
}
double no_number(double x) {
  // CHECK: results.c:[[#@LINE+1]]:10: warning: 'sign' returns 'int', which has no adjoint to begin with, and no operand has a shadow, so the derivative is zero
  return __nabla_autodiff_d((void *)sign, x);
}
static void prints(double x) { printf("%g\n", x * x); }
struct parts { double a, b; };
static double product(struct parts p, double x) { return p.a * p.b * x; }
double parts_of_a_structure(struct parts p) {
  // CHECK: results.c:[[#@LINE+1]]:10: warning: {{.*}}declare: struct Result { double d_p1; double d_p2; double d_x; }; struct Result __nabla_autodiff(void *product, double p1, double p2, double x)
  return __nabla_autodiff_d((void *)product, p, 2.0);
}
double no_result(double x) {
  // CHECK: results.c:[[#@LINE+1]]:10: warning: 'prints' returns nothing, which has no adjoint to begin with, and no operand has a shadow
  return __nabla_autodiff_d((void *)prints, x);
}
double only_an_address(double x) {
  // CHECK: results.c:[[#@LINE+1]]:10: warning: 'address' returns '{{.*}} *', which has no adjoint to begin with
  return __nabla_autodiff_d((void *)address, x);
}
double first_only(void) {
  // CHECK: results.c:[[#@LINE+1]]:10: warning: __nabla_autodiff returns only its first number here, and d_y is dropped; mark what is not wanted 'nabla_const', or declare: struct Result { double d_x; double d_y; }; struct Result __nabla_autodiff(void *f, double x, double y)
  return __nabla_autodiff_d((void *)f, 2.0, 3.0);
}
int integer(void) {
  // CHECK: results.c:[[#@LINE+1]]:10: error: __nabla_autodiff is declared to return 'int', but the derivative of 'f' yields double d_x, double d_y; declare it as: struct Result { double d_x; double d_y; }
  return __nabla_autodiff_i((void *)f, 2.0, 3.0);
}
struct three too_large(void) {
  // CHECK: results.c:[[#@LINE+1]]:10: error: __nabla_autodiff is declared to return 'struct three', but the derivative of 'f' yields double d_x, double d_y
  return __nabla_autodiff_3((void *)f, 2.0, 3.0);
}
double another_number(void) {
  // CHECK: results.c:[[#@LINE+1]]:10: error: {{.*}}declare it as: struct Result { void *tape; double result; }; struct Result __nabla_augmentfwd(void *f, double x, double y)
  return __nabla_augmentfwd((void *)f, 2.0, 3.0).result;
}
double no_primal(double *x) {
  // CHECK: results.c:[[#@LINE+1]]:10: error: 'g' returns nothing, so 'nabla_primal_return' can't be fulfilled
  return __nabla_fwddiff((void *)g, nabla_primal_return, x, x);
}
double nothing(double *x) {
  // CHECK: results.c:[[#@LINE+1]]:10: warning: the derivative of 'g' returns nothing, so the result of __nabla_autodiff is zero; declare: void __nabla_autodiff(
  return __nabla_autodiff_d((void *)g, x, x);
}
