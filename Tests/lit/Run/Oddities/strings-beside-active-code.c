// RUN: %check %s
#include "check.h"
/* A tiny interpreter: the program is text, the values are active. */
static double eval(const char *code, const double *x) {
  double stack[8];
  int top = 0;
  for (; *code; code++) {
    if (*code >= 'a' && *code <= 'd') stack[top++] = x[*code - 'a'];
    else if (*code >= '0' && *code <= '9') stack[top++] = *code - '0';
    else { double b = stack[--top], a = stack[--top]; stack[top++] = *code == '+' ? a + b : *code == '-' ? a - b : *code == '*' ? a * b : a / b; }
  }
  return stack[0];
}
static double f(double *x, int n) { return eval("ab*c2+d/-", x) * (double)strlen("abc") + n; }
int main(void) {
  double x[] = {0.4, 1.2, -0.7, 0.9};
  CHECK_GRAD("interpreter", f, x, 4);
  return chk_exit();
}
