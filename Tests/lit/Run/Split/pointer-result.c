// RUN: %check %s
// SANITIZE
#include "check.h"
/* Augmented result in full: tape, primal pointer, shadow pointer. */
struct tps { void *tape; double *primal, *shadow; };
struct tps __nabla_augmentfwd_p(void *, ...);
void __nabla_reverse_p(void *, ...);
static double *largest(double *x, int n) { double *best = x; for (int i = 1; i < n; i++) if (x[i] > *best) best = x + i; *best = *best * *best; return best; }
int main(void) {
  double x[] = {0.5, 3, 1.2}, dx[] = {0, 0, 0};
#ifndef NO_AD
  struct tps t = __nabla_augmentfwd_p((void *)largest, nabla_dup, x, dx, 3);
  if (t.primal != &x[1] || t.shadow != &dx[1]) { printf("wrong pointers\n"); return 1; }
  *t.shadow = 2;
  __nabla_reverse_p((void *)largest, nabla_dup, x, dx, 3, t.tape);
#else
  dx[1] = 12;
  largest(x, 3);
#endif
  EXPECT("value", x[1], 9);
  EXPECT("adjoint", dx[1], 12);
  return chk_exit();
}
