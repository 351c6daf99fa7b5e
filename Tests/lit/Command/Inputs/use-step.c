#include "split.h"
#include "tangent.h"
#include <math.h>
#include <stdio.h>

struct grid {
  int n;
  double *x;
  double c;
};
void step(struct grid *s, double dt);

/* Both ways to d x[3] / d dt, and to its difference. */
int main(void) {
  double x[4] = {1, 2, 4, 8}, dx[4] = {0, 0, 0, 1};
  struct grid s = {4, x, 0.5}, ds = {4, dx, 0};
  void *tape = step_augmented(&s, &ds, 0.1);
  double adjoint = step_reverse(&s, &ds, 0.1, tape);

  double y[4] = {1, 2, 4, 8}, dy[4] = {0};
  struct grid t = {4, y, 0.5}, dt = {4, dy, 0};
  step_tangent(&t, &dt, 0.1, 1.0);

  double value[2];
  for (int k = 0; k < 2; k++) {
    double z[4] = {1, 2, 4, 8};
    struct grid u = {4, z, 0.5};
    step(&u, 0.1 + (k ? 1e-6 : -1e-6));
    value[k] = z[3];
  }
  double difference = (value[1] - value[0]) / 2e-6;
  printf("%.6f %.6f %s\n", adjoint, dy[3], fabs(adjoint - difference) < 1e-6 ? "right" : "wrong");
}
