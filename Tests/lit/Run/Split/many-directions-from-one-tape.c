// RUN: %check %s
// SANITIZE
/* A Jacobian from one tape: one direction at a time, three at a time, with other shadows than those of the augmented half. */
#include "check.h"
extern int nabla_tape, nabla_allocated, nabla_not_overwritten, nabla_noret;
int __nabla_augmentsize(void *, ...);
void *__nabla_augmentfwd_tape(void *, ...);
struct three { double a, b, c; };
struct three __nabla_fwdsplit_three(void *, ...);
struct chk_2 __nabla_fwdsplit_both(void *, ...);
double *__nabla_fwdsplit_pointer(void *, ...);
struct tp { void *tape; double *result, *shadow; };
struct tp __nabla_augmentfwd_pointer(void *, ...);

static void map(const double *x, double *y, int n, int m) {
  for (int j = 0; j < m; j++) {
    double s = 0.1 * j;
    for (int i = 0; i < n; i++) s = s * sin(x[i] + j) + x[i] * x[(i + j) % n];
    y[j] = s;
  }
}
static double value(const double *x, double scale) { return scale * x[0] * exp(x[1] * scale) + log(x[2] + scale); }
static double *largest(double *x, int n) {
  double *p = x;
  for (int i = 1; i < n; i++) if (x[i] > *p) p = x + i;
  *p *= *p;
  return p;
}

int main(void) {
  double x[] = {0.4, 0.9, 1.3}, zero[3] = {0}, y[4], dy[3][4], want[3][4];
  for (int i = 0; i < 3; i++) {
    double up[3], down[3], high[4], low[4], h = 1e-5;
    memcpy(up, x, sizeof x); memcpy(down, x, sizeof x);
    up[i] += h; down[i] -= h;
    map(up, high, 3, 4); map(down, low, 3, 4);
    for (int j = 0; j < 4; j++) want[i][j] = (high[j] - low[j]) / (2 * h);
  }
#ifndef NO_AD
  void *tape = __nabla_augmentfwd_tape((void *)map, x, zero, y, dy[0], 3, 4);
  memset(y, 0xff, sizeof y);
  for (int i = 0; i < 3; i++) {
    double u[3] = {0};
    u[i] = 1;
    __nabla_fwdsplit_v((void *)map, x, u, y, dy[i], 3, 4, nabla_nofree, tape);
  }
#else
  memcpy(dy, want, sizeof want);
#endif
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 4; j++) EXPECT_TOL("one at a time", dy[i][j], want[i][j], 1e-7);
  double u[3][3] = {{1}, {0, 1}, {0, 0, 1}};
  memset(dy, 0, sizeof dy);
  AD_DO(__nabla_fwdsplit_v((void *)map, nabla_width, 3, x, u[0], u[1], u[2], y, dy[0], dy[1], dy[2], 3, 4, tape), memcpy(dy, want, sizeof want));
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 4; j++) EXPECT_TOL("three at a time", dy[i][j], want[i][j], 1e-7);

  /* The tape in the caller's memory; the result again; numbers passed by value. */
  double h = 1e-5, moved[] = {0.4 + h, 0.9 - 2 * h, 1.3}, back[] = {0.4 - h, 0.9 + 2 * h, 1.3}, v[] = {1, -2, 0};
  double slope = (value(moved, 0.7 + 3 * h) - value(back, 0.7 - 3 * h)) / (2 * h), result = value(x, 0.7);
  struct chk_2 both = {result, slope};
  struct three lanes = {slope, 2 * slope, 0};
#ifndef NO_AD
  char buffer[64];
  EXPECT("size", __nabla_augmentsize((void *)value, nabla_dup, nabla_dup) <= 64, 1);
  __nabla_augmentfwd_v((void *)value, x, v, nabla_dup, 0.7, 3.0, nabla_allocated, 64, nabla_tape, buffer, nabla_noret);
  both = __nabla_fwdsplit_both((void *)value, nabla_primal_return, x, v, 0.7, 3.0, nabla_nofree, nabla_allocated, 64, nabla_tape, buffer);
  double w[] = {2, -4, 0}, none[3] = {0};
  lanes = __nabla_fwdsplit_three((void *)value, nabla_width, 3, x, v, w, none, 0.7, 3.0, 6.0, 0.0, nabla_allocated, 64, nabla_tape, buffer);
#endif
  EXPECT("result", both.a, result);
  EXPECT_TOL("tangent", both.b, slope, 1e-7);
  EXPECT_TOL("lane", lanes.a, slope, 1e-7);
  EXPECT_TOL("lane", lanes.b, 2 * slope, 1e-7);
  EXPECT("lane", lanes.c, 0);

  /* What is not overwritten is read again, and need not be kept. */
  double again = slope;
#ifndef NO_AD
  struct chk_taped t = __nabla_augmentfwd_d((void *)value, nabla_not_overwritten, x, v, nabla_dup, 0.7, 3.0);
  again = __nabla_fwdsplit_d((void *)value, nabla_not_overwritten, x, v, 0.7, 3.0, t.tape);
#endif
  EXPECT_TOL("not overwritten", again, slope, 1e-7);

  /* The shadow of a pointer that is returned comes from the forward half. */
  double z[] = {0.4, 0.9, 0.3}, dz[] = {1, 2, 3}, *p = dz + 1;
#ifndef NO_AD
  struct tp tp = __nabla_augmentfwd_pointer((void *)largest, z, dz, 3);
  EXPECT("primal pointer", tp.result - z, 1);
  z[1] = -7;
  p = __nabla_fwdsplit_pointer((void *)largest, z, dz, 3, tp.tape);
#else
  dz[1] = 2 * 0.9 * 2;
#endif
  EXPECT("shadow pointer", p - dz, 1);
  EXPECT("tangent behind it", *p, 2 * 0.9 * 2);
  return chk_exit();
}
