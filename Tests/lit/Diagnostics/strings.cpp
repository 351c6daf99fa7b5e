// RUN: %not %clangxx -std=c++17 -O1 -g -c %s -o %t.o 2>&1 | %filecheck %s
/* Numbers in the characters of a string. */
#include <cstring>
#include <string>
extern int nabla_dup;
void __nabla_autodiff(void *, ...);

static double f(double *x, std::string *s) {
  std::memcpy(s->data(), x, 8);
  double y;
  std::memcpy(&y, s->data(), 8);
  s->append("abc");
  return y * y * x[1];
}

void g(double *x, double *dx, std::string *s, std::string *ds) {
  // CHECK: strings.cpp:[[#@LINE+1]]:3: error: the characters of a string and active numbers cannot be told apart in '{{.*}}': numbers kept in a string lose their derivative
  __nabla_autodiff((void *)f, nabla_dup, x, dx, nabla_dup, s, ds);
}
