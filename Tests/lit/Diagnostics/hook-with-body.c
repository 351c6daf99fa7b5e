// RUN: %clang -O0 -g -c %s -o %t.o 2>&1 | %filecheck %s
// RUN: %clang -O2 -g -c %s -o %t.o 2>&1 | %filecheck %s
/* A hook that has a body: the optimiser may inline it before the call is read. */
double __nabla_autodiff(void *f, double x) { return 0; }
static double square(double x) { return x * x; }
double slope(double x) {
  // CHECK: hook-with-body.c:[[#@LINE+1]]:10: warning: '__nabla_autodiff' has a body, which may take the place of the derivative; declare it only
  return __nabla_autodiff((void *)square, x);
}
