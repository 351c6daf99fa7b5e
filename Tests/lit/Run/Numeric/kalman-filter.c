// RUN: %check %s
#include "check.h"
typedef struct { double x[2], p[2][2]; } State;
static double update(State *s, double z, double dt, double q, double r) {
  double x0 = s->x[0] + dt * s->x[1];
  double p00 = s->p[0][0] + dt * (s->p[0][1] + s->p[1][0]) + dt * dt * s->p[1][1] + q, p01 = s->p[0][1] + dt * s->p[1][1];
  double p10 = s->p[1][0] + dt * s->p[1][1], p11 = s->p[1][1] + q, innovation = z - x0, S = p00 + r, k0 = p00 / S, k1 = p10 / S;
  s->x[0] = x0 + k0 * innovation;
  s->x[1] += k1 * innovation;
  s->p[0][0] = (1 - k0) * p00; s->p[0][1] = (1 - k0) * p01;
  s->p[1][0] = p10 - k1 * p00; s->p[1][1] = p11 - k1 * p01;
  return 0.5 * (innovation * innovation / S + log(S));
}
static double f(double *x, int n) {
  State s = {{x[0], x[1]}, {{1, 0}, {0, 1}}};
  double nll = 0;
  for (int i = 4; i < n; i++) nll += update(&s, x[i], 0.3, x[2] * x[2], exp(x[3]));
  return nll + s.x[0];
}
int main(void) {
  double x[] = {0.4, 1.2, -0.7, 0.5, 0.3, 0.7, 1.4, 1.2, 1.9};
  CHECK_GRAD("kalman", f, x, 9);
  return chk_exit();
}
