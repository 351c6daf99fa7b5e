// RUN: %check %s
#include "check.h"
typedef struct { double mass, k; int steps; double x[2], v[2]; } Spring;
static double energy(const Spring *s) {
  double e = 0;
  for (int i = 0; i < 2; i++) e += 0.5 * s->mass * s->v[i] * s->v[i] + 0.5 * s->k * s->x[i] * s->x[i];
  return e;
}
static double simulate(double *p, int n) {
  Spring s = {p[0], p[1], 5 + n, {p[2], p[3]}, {0, 0}};
  for (int t = 0; t < s.steps; t++)
    for (int i = 0; i < 2; i++) { s.v[i] -= 0.1 * s.k / s.mass * s.x[i]; s.x[i] += 0.1 * s.v[i]; }
  return energy(&s) + s.x[0];
}
int main(void) {
  double p[] = {1.5, 2.0, 0.3, -0.8};
  Spring s = {1.5, 2, 3, {0.1, 0.2}, {0.3, 0.4}}, d;
  CHECK_GRAD("simulate", simulate, p, 4);
  memset(&d, 0, sizeof d);
  d.steps = s.steps;
  AD_DO(__nabla_autodiff_v((void *)energy, nabla_dup, &s, &d),
        (d.mass = 0.125, d.k = 0.025, d.x[0] = 0.2, d.x[1] = 0.4, d.v[0] = 0.45, d.v[1] = 0.6));
  EXPECT("mass", d.mass, 0.5 * (0.09 + 0.16));
  EXPECT("k", d.k, 0.5 * (0.01 + 0.04));
  EXPECT("x", d.x[1], 2 * 0.2);
  EXPECT("v", d.v[0], 1.5 * 0.3);
  EXPECT("steps", d.steps, 3);
  return chk_exit();
}
