// RUN: %not %clang -O1 -g -ferror-limit=0 -c %s -o %t.o 2>&1 | %filecheck %s
extern int nabla_allocated, nabla_primal_return;
double __nabla_reverse(void *, ...);
void *__nabla_augmentfwd(void *, ...);
static double f(double x) { return x * x; }

double no_tape(double x) {
  // CHECK: split-mode.c:[[#@LINE+1]]:10: error: the tape is missing: it is the last operand of __nabla_reverse; expected: double __nabla_reverse(void *f, double x, double d_result, void *tape)
  return __nabla_reverse((void *)f, x);
}
double number_for_tape(double x) {
  // CHECK: split-mode.c:[[#@LINE+1]]:10: error: the last operand should be the tape, a pointer, and not a 'double'
  return __nabla_reverse((void *)f, x, 1.0);
}
double two_seeds(double x, void *tape) {
  // CHECK: split-mode.c:[[#@LINE+1]]:10: error: 2 adjoints of the result given, 1 expected
  return __nabla_reverse((void *)f, x, 1.0, 2.0, tape);
}
double primal(double x, void *tape) {
  // CHECK: split-mode.c:[[#@LINE+1]]:10: error: the reverse half does not compute the result of 'f'; take it from __nabla_augmentfwd
  return __nabla_reverse((void *)f, nabla_primal_return, x, 1.0, tape);
}
void *small_buffer(double x) {
  // CHECK: split-mode.c:[[#@LINE+1]]:10: error: the tape of 'f' takes 8 bytes, but only 4 are allocated; reserve what __nabla_augmentsize returns
  return __nabla_augmentfwd((void *)f, nabla_allocated, 4, x);
}
