// RUN: %not %clang -O1 -g -ferror-limit=0 -c %s -o %t.o 2>&1 | %filecheck %s
/* Functions that can't be differentiated, and hooks that are not offered. */
double __nabla_autodiff(void *, ...);
double __nabla_observe(void *, ...);
double not_here(double);
static double sum(int n, ...) { return n; }
struct many { double v[5]; } rest(double, ...);
struct many rest(double x, ...) { return (struct many){{x}}; }

double unsupported(double x) {
  // CHECK: functions.c:[[#@LINE+1]]:10: error: __nabla_observe is not supported yet; take the call out
  return __nabla_observe((void *)sum, x);
}
double unknown(double (*g)(double), double x) {
  // CHECK: functions.c:[[#@LINE+1]]:10: error: the function that __nabla_autodiff is to differentiate is not known here: 'g' is not a constant; name the function in the call, or make the enclosing function 'unknown' inline
  return __nabla_autodiff((void *)g, x);
}
static double variable;
double no_function(double x) {
  // CHECK: functions.c:[[#@LINE+1]]:10: error: __nabla_autodiff is to differentiate the variable 'variable': its first operand must be a function
  return __nabla_autodiff((void *)&variable, x);
}
double itself(double x) {
  // CHECK: functions.c:[[#@LINE+1]]:14: error: __nabla_autodiff in 'itself' asks for the derivative of a function that contains this very call
  return x + __nabla_autodiff((void *)itself, x);
}
double no_body(double x) {
  // CHECK: functions.c:[[#@LINE+1]]:10: error: 'not_here' has no body in this module, so it can't be differentiated; define it here, compile and link with -flto (not thin), or give its derivative: void *__nabla_register_gradient_not_here[] = {(void *)not_here, (void *)augmented, (void *)reverse};
  return __nabla_autodiff((void *)not_here, x);
}
double variadic(double x) {
  // CHECK: functions.c:[[#@LINE+1]]:10: error: 'rest' takes a variable number of arguments
  return __nabla_autodiff((void *)rest, x, x);
}
