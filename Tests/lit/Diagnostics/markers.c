// RUN: %not %clang -O1 -g -ferror-limit=0 -c %s -o %t.o 2>&1 | %filecheck %s
/* Markers that are misspelt, misplaced or lack an operand. */
extern int nabla_width, nabla_outt, enzyme_cosnt, nabla_trace, nabla_tape, nabla_allocated, nabla_seed, nabla_xyzzy, nabla_inactive, nabla_dup;
double __nabla_autodiff(void *, ...);
double __nabla_autodif(void *, ...);
static double f(double x) { return x * x; }

double misspelt(double x) {
  // CHECK: markers.c:[[#@LINE+1]]:10: warning: unknown hook '__nabla_autodif'; did you mean '__nabla_autodiff'?
  return __nabla_autodif((void *)f, x);
}
double unknown(double x) {
  // CHECK: markers.c:[[#@LINE+1]]:10: error: unknown marker 'nabla_outt' in __nabla_autodiff; did you mean 'nabla_out'?
  return __nabla_autodiff((void *)f, nabla_outt, x);
}
double other_spelling(double x) {
  // CHECK: markers.c:[[#@LINE+1]]:10: error: unknown marker 'enzyme_cosnt' in __nabla_autodiff; did you mean 'enzyme_const'?
  return __nabla_autodiff((void *)f, enzyme_cosnt, x);
}
double far_off(double x) {
  // CHECK: markers.c:[[#@LINE+1]]:10: error: unknown marker 'nabla_xyzzy' in __nabla_autodiff; names of variables that begin with 'nabla_' are reserved for markers
  return __nabla_autodiff((void *)f, nabla_xyzzy, x);
}
double unsupported(double x) {
  // CHECK: markers.c:[[#@LINE+1]]:10: error: 'nabla_trace' is not supported yet
  return __nabla_autodiff((void *)f, nabla_trace, x, x);
}
double running_width(double x, int w) {
  // CHECK: markers.c:[[#@LINE+1]]:10: error: 'nabla_width' must be followed by a constant from 1 to 1024
  return __nabla_autodiff((void *)f, nabla_width, w, x);
}
double two_widths(double x) {
  // CHECK: markers.c:[[#@LINE+1]]:10: error: 'nabla_width' may stand only once in a call
  return __nabla_autodiff((void *)f, nabla_width, 2, nabla_width, 2, x);
}
double nothing_behind(double x) {
  // CHECK: markers.c:[[#@LINE+1]]:10: error: 'nabla_seed' must be followed by its operand
  return __nabla_autodiff((void *)f, x, nabla_seed);
}
double known_by_another_word(double x) {
  // CHECK: markers.c:[[#@LINE+1]]:10: error: unknown marker 'nabla_inactive' in __nabla_autodiff; did you mean 'nabla_const'?
  return __nabla_autodiff((void *)f, nabla_inactive, x);
}
