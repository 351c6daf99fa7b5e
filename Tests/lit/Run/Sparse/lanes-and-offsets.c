// RUN: %check %s
/* A view for each lane of a call, a view that begins further on, a view for each iteration, and functions that hand views on. */
#include "check.h"
double *__nabla_todense(void *, ...);
double __nabla_fwddiff(void *, ...);
struct two { double a, b; };
struct two __nabla_fwddiff_two(void *, ...);
static double unit(size_t offset, int i) { return offset / sizeof(double) == i; }
static void never(double value, size_t offset, int i) { abort(); }
static double f(const double *x) { return x[0] * x[1] + x[2] * x[2] * x[1]; }
static double square(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += x[i] * x[i];
  return s;
}
static double along(const double *x, const double *direction, int n) {
  return AD(__nabla_fwddiff((void *)square, nabla_dup, x, direction, n), 0);
}
int main(void) {
  double x[4] = {1, 2, 3, 4};
  struct two r = AD(__nabla_fwddiff_two((void *)f, nabla_width, 2, nabla_dup, x, __nabla_todense((void *)unit, (void *)never, 0),
                                        __nabla_todense((void *)unit, (void *)never, 2)), ((struct two){2, 12}));
  EXPECT("first lane", r.a, 2);
  EXPECT("second lane", r.b, 12);
#ifdef NO_AD
  double d = 3;
#else
  double *view = __nabla_todense((void *)unit, (void *)never, 1);
  double d = __nabla_fwddiff((void *)f, nabla_dup, x + 1, view + 1);
#endif
  EXPECT("further on", d, 3);
  for (int i = 0; i < 4; i++)
    EXPECT("handed on", AD(along(x, __nabla_todense((void *)unit, (void *)never, i), 4), 2 * x[i]), 2 * x[i]);
  return chk_exit();
}
