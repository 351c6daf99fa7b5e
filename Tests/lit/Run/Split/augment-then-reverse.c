// RUN: %check %s
// SANITIZE
#include "check.h"
struct tr { void *tape; double ret; };
struct tr __nabla_augmentfwd_e(void *, ...);
double __nabla_reverse_e(void *, ...);
static double energy(const double *q, int n, double k) { double s = 0; for (int i = 0; i < n; i++) s += k * sin(q[i]) * q[i]; return s; }
int main(void) {
  double q[] = {0.5, 1.5, -0.3}, dq[] = {0, 0, 0}, dk = 0, seed = 0, plain = energy(q, 3, 2.0);
#ifndef NO_AD
  struct tr t = __nabla_augmentfwd_e((void *)energy, nabla_dup, q, dq, nabla_const, 3, nabla_out, 2.0);
  seed = 2 * t.ret;
  q[0] = q[1] = 100;       /* the caller may overwrite its data in between */
  dk = __nabla_reverse_e((void *)energy, nabla_dup, q, dq, nabla_const, 3, nabla_out, 2.0, seed, t.tape);
  q[0] = 0.5; q[1] = 1.5;
#else
  seed = 2 * plain; dk = seed * plain / 2;
  for (int i = 0; i < 3; i++) dq[i] = seed * 2 * (cos(q[i]) * q[i] + sin(q[i]));
#endif
  EXPECT("value", seed / 2, plain);
  EXPECT("dk", dk, 2 * plain * plain / 2);
  for (int i = 0; i < 3; i++) EXPECT("dq", dq[i], 2 * plain * 2 * (cos(q[i]) * q[i] + sin(q[i])));
  return chk_exit();
}
