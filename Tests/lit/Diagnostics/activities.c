// RUN: %not %clang -O1 -g -ferror-limit=0 -c %s -o %t.o 2>&1 | %filecheck %s
/* Activities that a parameter can't have. */
extern int nabla_dup, nabla_const, nabla_out;
double __nabla_autodiff(void *, ...);
double __nabla_fwddiff(void *, ...);
struct big { double a, b, c; };
static double f(double *x, int n, double k) { return x[0] * n * k; }
static double g(struct big s) { return s.a * s.b * s.c; }

double out_pointer(double *x) {
  // CHECK: activities.c:[[#@LINE+1]]:10: error: parameter 1 ('{{.*}}x') of 'f' holds a pointer, which has no adjoint to return; use 'nabla_dup' and pass its shadow
  return __nabla_autodiff((void *)f, nabla_out, x, 3, 2.0);
}
double out_integer(double *x, double *dx) {
  // CHECK: activities.c:[[#@LINE+1]]:10: error: parameter 2 ('int n') of 'f' holds no floating-point number and has no adjoint; use 'nabla_const'
  return __nabla_autodiff((void *)f, x, dx, nabla_out, 3, 2.0);
}
double duplicated_value(double *x, double *dx) {
  // CHECK: activities.c:[[#@LINE+1]]:10: error: parameter 3 ('double k') of 'f' is passed by value, so there is no place for the adjoint {{.*}}; use 'nabla_out'
  return __nabla_autodiff((void *)f, x, dx, 3, nabla_dup, 2.0, 1.0);
}
double out_forward(double *x, double *dx) {
  // CHECK: activities.c:[[#@LINE+1]]:10: error: 'nabla_out' has no meaning in forward mode for parameter 3 ('double k') of 'f'; use 'nabla_dup' and pass its tangent
  return __nabla_fwddiff((void *)f, x, dx, 3, nabla_out, 2.0);
}
double twice(double *x, double *dx) {
  // CHECK: activities.c:[[#@LINE+1]]:10: error: two activity markers before parameter 1 ('{{.*}}x') of 'f'; keep one
  return __nabla_autodiff((void *)f, nabla_dup, nabla_const, x, dx, 3, 2.0);
}
double shadow_by_value(struct big s, struct big ds) {
  // CHECK: activities.c:[[#@LINE+1]]:10: error: the shadow of parameter 1 {{.*}} of 'g' is passed by value, so its adjoint would be lost; pass the address of the shadow
  return __nabla_autodiff((void *)g, s, ds);
}
