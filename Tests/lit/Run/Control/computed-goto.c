// RUN: %check %s
// REFUSE: (indirectbr|indirect branch|computed goto)
// ALLOW-REFUSE
#include "check.h"
static double run(double *x, int n) {
  static const unsigned char code[] = {0, 1, 2, 0, 1, 3};
  static const void *const table[] = {&&add, &&multiply, &&sine, &&stop};
  double acc = 1;
  int pc = 0;
  goto *table[code[pc]];
add: acc += x[pc % n]; goto *table[code[++pc]];
multiply: acc *= x[pc % n]; goto *table[code[++pc]];
sine: acc = sin(acc); goto *table[code[++pc]];
stop: return acc;
}
int main(void) {
  double x[] = {0.5, 0.9, 2.1};
  CHECK_GRAD("interpreter", run, x, 3);
  return chk_exit();
}
