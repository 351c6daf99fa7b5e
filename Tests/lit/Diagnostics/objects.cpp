// RUN: %not %clangxx -O0 -g -c %s -o %t.o 2>&1 | %filecheck %s
// RUN: %not %clangxx -O2 -g -c %s -o %t.o 2>&1 | %filecheck %s
/* An object in place of a function. */
double __nabla_autodiff(void *, ...);
double slope(double k, double x) {
  auto f = [k](double y) { return k * y * y; };
  // CHECK: objects.cpp:[[#@LINE+1]]:10: error: the function that __nabla_autodiff is to differentiate is not known here{{.*}}; name the function in the call; an object, such as a lambda, is differentiated by nabla::autodiff of <nabla/nabla>
  return __nabla_autodiff((void *)&f, x);
}
