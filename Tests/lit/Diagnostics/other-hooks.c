// RUN: %not %clang -O1 -g -ferror-limit=0 -c %s -o %t.o 2>&1 | %filecheck %s
/* Hooks that are called with something else than they take, and markers and structures in places where they mean nothing. */
extern int nabla_dup, nabla_const, nabla_seed, nabla_width, nabla_out, nabla_vector, nabla_byref, nabla_interleave, nabla_const_return;
extern int nabla_primal_return, nabla_dup_return;
double __nabla_autodiff(void *, ...);
double __nabla_fwddiff(void *, ...);
void __nabla_reverse(void *, ...);
double *__nabla_shadow(void *, ...);
int __nabla_ignore_derivatives(double);
double __nabla_call_inactive(void *, ...);
double __nabla_autodiff_nothing(void);
double *__nabla_autodiff_pointer(void *, ...);
float __nabla_autodiff_float(void *, ...);
void __nabla_autodiff_none(void *, ...);
void __nabla_checkpoint_for(void *, ...);
extern int nabla_snapshots, nabla_checkpoint_region;
double number;
static double f(double *x, int n, double k) { return x[0] * n * k; }
static double g(double x) { return x * x; }
static int count(double *x) { return x[0] > 0; }
static double *first(double *x) { return x; }

double nothing(void) {
  // CHECK-DAG: other-hooks.c:[[#@LINE+1]]:10: error: __nabla_autodiff has no function to differentiate: its first operand must be one
  return __nabla_autodiff_nothing();
}
double *lane(int i) {
  // CHECK-DAG: other-hooks.c:[[#@LINE+1]]:10: error: __nabla_shadow takes the address of a global variable, the width and a constant lane: __nabla_shadow(&variable, 1, 0)
  return __nabla_shadow(&number, 1, i);
}
int identity(double x) {
  // CHECK-DAG: other-hooks.c:[[#@LINE+1]]:10: error: __nabla_ignore_derivatives must return the type of its first operand
  return __nabla_ignore_derivatives(x);
}
double inactive(double x) {
  // CHECK-DAG: other-hooks.c:[[#@LINE+1]]:10: error: the 2 operands of __nabla_call_inactive can't be passed to 'g'; it takes (double x)
  return __nabla_call_inactive((void *)g, x, x);
}
void seed_type(double *x, double *dx, void *tape) {
  // CHECK-DAG: other-hooks.c:[[#@LINE+1]]:3: error: the adjoint of the result must be of type 'double', not 'void *'
  __nabla_reverse((void *)f, x, dx, 3, nabla_const, 2.0, tape, tape);
}
void no_seed(double *x, double *dx, void *tape) {
  // CHECK-DAG: other-hooks.c:[[#@LINE+1]]:3: error: 'count' has no active result, so there is nothing to seed
  __nabla_reverse((void *)count, x, dx, 1.0, tape);
}
double size(double *x, double *dx, double *k) {
  // CHECK-DAG: other-hooks.c:[[#@LINE+1]]:10: error: 'nabla_byref' must be followed by a pointer to the value of parameter 3 ('double k') of 'f'
  return __nabla_autodiff((void *)f, x, dx, 3, nabla_byref, 8, 2.0);
}
double order(double *x, double *dx) {
  // CHECK-DAG: other-hooks.c:[[#@LINE+1]]:10: error: 'nabla_interleave' must stand after all primal operands and before all shadows
  return __nabla_autodiff((void *)f, x, 3, 2.0, dx, nabla_interleave);
}
double misplaced(double *x, double *dx) {
  // CHECK-DAG: other-hooks.c:[[#@LINE+1]]:10: error: 'nabla_vector' has no meaning at this place of __nabla_autodiff; take it out
  return __nabla_autodiff((void *)f, nabla_vector, x, dx, 3, 2.0);
}
double *pointer(double *x, double *dx) {
  // CHECK-DAG: other-hooks.c:[[#@LINE+1]]:10: error: a combined derivative can't return the shadow of a pointer; use __nabla_augmentfwd and __nabla_reverse
  return __nabla_autodiff_pointer((void *)first, nabla_dup_return, x, dx);
}
struct packed { float a; int b; };
static float h(struct packed p) { return p.a * p.b; }
float integer(struct packed p) {
  // CHECK-DAG: other-hooks.c:[[#@LINE+1]]:10: warning: C passes the structure '{{p1?}}' of 'h' as an integer, so its floating-point numbers count as constant; pass it by pointer, or say 'nabla_const'
  return __nabla_autodiff_float((void *)h, p);
}
struct mixed { double *p; double x; };
static struct mixed mix(double *p) { return (struct mixed){p, *p * *p}; }
void mixed(double *x, double *dx) {
  // CHECK-DAG: other-hooks.c:[[#@LINE+1]]:3: warning: 'mix' returns a structure with pointers and floating-point numbers; the numbers have no adjoint here and count as constant; write them through a pointer, or say 'nabla_const_return'
  __nabla_autodiff_none((void *)mix, x, dx);
}
struct large { double a, b, c, d; };
static struct large make(double x) { return (struct large){x, x * x, 1, 2}; }
double buffer(struct large *adjoint) {
  // CHECK-DAG: other-hooks.c:[[#@LINE+1]]:10: error: the adjoint of the structure that 'make' returns can't be constant
  return __nabla_autodiff((void *)make, nabla_const, adjoint, 2.0);
}
static double step(long i, double *u) { return u[i]; }
void checkpointed(double *u) {
  // CHECK-DAG: other-hooks.c:[[#@LINE+1]]:3: error: 'step' can't be the step of __nabla_checkpoint_for in 'checkpointed': a step returns nothing, and its first parameter is an integer
  __nabla_checkpoint_for((void *)step, 0L, 10L, nabla_snapshots, 3, nabla_checkpoint_region, u, 80L, u);
}
double *__nabla_todense(void *, ...);
void __nabla_fwddiff_none(void *, ...);
static double at(long offset) { return offset; }
static void put(double value, long offset) {}
void dense(double *x) {
  // CHECK-DAG: other-hooks.c:[[#@LINE+1]]:49: error: __nabla_todense in 'dense' has functions whose parameters do not fit; write __nabla_todense((void *)load, (void *)store, arguments...), with double load(size_t offset, arguments...) and void store(double value, size_t offset, arguments...)
  __nabla_fwddiff_none((void *)f, nabla_dup, x, __nabla_todense((void *)at, (void *)put, 1), 1, 1.0, 1.0);
}
