// RUN: %check %s
#include "check.h"
void *__nabla_virtualreverse(void *);
struct op { double (*apply)(double); double x; };
static double twice(double v) { return 2 * v * v; }
static double run(struct op *o) { return o->apply(o->x) * o->x; }
int main(void) {
  struct op o = {twice, 4}, d = {NULL, 0};
#ifndef NO_AD
  d.apply = (double (*)(double))__nabla_virtualreverse((void *)twice);
  __nabla_autodiff_v((void *)run, nabla_dup, &o, &d);
#else
  d.x = 96;
#endif
  EXPECT("dx", d.x, 6 * 16);
  return chk_exit();
}
