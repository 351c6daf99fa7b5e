// RUN: %check %s
/* The adjoint of a structure that C passes in memory is returned where `out` asks for that. */
#include "check.h"
extern int nabla_seed;
struct big { double x, y, z; int n; };
static double f(struct big b, double k) {
  b.x *= 2;
  return k * b.x * b.x * b.n + b.y * b.z;
}
struct with_number { struct big b; double k; };
struct valued { double value; struct big d[2]; };
struct big __nabla_autodiff_big(void *, ...);
struct with_number __nabla_autodiff_both(void *, ...);
struct valued __nabla_autodiff_valued(void *, ...);
#ifdef NO_AD
#define __nabla_autodiff_big(...) ((struct big){24, 5, 3})
#define __nabla_autodiff_both(...) ((struct with_number){{24, 5, 3}, 12})
#define __nabla_autodiff_valued(...) ((struct valued){27, {{24, 5, 3}, {48, 10, 6}}})
#endif
int main(void) {
  struct big b = {1, 3, 5, 3};
  struct big d = __nabla_autodiff_big((void *)f, nabla_out, b, nabla_const, 1.0);
  EXPECT("x", d.x, 24);
  EXPECT("y", d.y, 5);
  EXPECT("z", d.z, 3);
  struct with_number both = __nabla_autodiff_both((void *)f, nabla_out, b, nabla_out, 1.0);
  EXPECT("both: x", both.b.x, 24);
  EXPECT("both: k", both.k, 12);
  struct valued v = __nabla_autodiff_valued((void *)f, nabla_width, 2, nabla_primal_return, nabla_seed, 1.0, 2.0, nabla_out, b,
                                            nabla_const, 1.0);
  EXPECT("value", v.value, 27);
  EXPECT("lane 1: x", v.d[1].x, 48);
  return chk_exit();
}
