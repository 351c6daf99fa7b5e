// RUN: %check %s
#include "check.h"
__attribute__((noinline)) double my_log1p(double x) { return log(1 + x); }
void *__nabla_function_like_log1p[2] = {(void *)my_log1p, (void *)"log1p"};
static double f(double x) { return my_log1p(x) * x; }
int main(void) {
  CHECK1("like", f, 0.5);
  return chk_exit();
}
