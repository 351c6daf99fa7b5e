// RUN: %check %s
/* A static array that nothing reads: the optimiser would delete it before the plugin sees it. */
#include "check.h"
extern int enzyme_const;
static double __attribute__((noinline)) look(const double *table, int i, double w) { return table[i] * w; }
static double look_augmented(const double *t, double *dt, int i, int di, double w) { (void)dt; (void)di; return t[i] * w; }
static double look_reverse(const double *t, double *dt, int i, int di, double w, double seed) { (void)di; if (dt) dt[i] += 10 * w * seed; return t[i] * seed; }
__attribute__((used)) static void *__enzyme_register_gradient_look[3] = {(void *)look, (void *)look_augmented, (void *)look_reverse};
static double f(const double *table, double w) { return look(table, 1, w) + look(table, 2, w * w); }
int main(void) {
  double t[] = {1, 2, 3}, dt[] = {0, 0, 0}, dw = 2 + 3 * 2 * 0.5;
  dw = AD(__nabla_autodiff_d((void *)f, nabla_dup, t, dt, nabla_out, 0.5), dw);
  AD_DO((void)0, (dt[1] = 5, dt[2] = 2.5));
  EXPECT("dw", dw, 5);
  EXPECT("dt1", dt[1], 10 * 0.5);
  EXPECT("dt2", dt[2], 10 * 0.25);
  return chk_exit();
}
