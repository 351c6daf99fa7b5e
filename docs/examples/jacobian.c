/* The whole Jacobian of a map from 3 to 4 numbers in one forward sweep of width 3.

   clang-19 -O2 -fpass-plugin=libNabla.so jacobian.c -o jacobian -lm */
#include <math.h>
#include <stdio.h>

/* Spherical to Cartesian coordinates, and the volume element. */
static void position(const double *restrict s, double *restrict x) {
  double r = s[0], theta = s[1], phi = s[2];
  x[0] = r * sin(theta) * cos(phi);
  x[1] = r * sin(theta) * sin(phi);
  x[2] = r * cos(theta);
  x[3] = r * r * sin(theta);
}

extern int nabla_dup, nabla_dupnoneed, nabla_width;
void __nabla_fwddiff(void *, ...);

int main(void) {
  double s[3] = {2, 0.7, 0.3}, x[4];
  double e[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}; /* one direction per lane */
  double j[3][4];                                     /* j[lane][i] = ∂x[i]/∂s[lane] */
  __nabla_fwddiff((void *)position, nabla_width, 3, nabla_dup, s, e[0], e[1], e[2],
                  nabla_dup, x, j[0], j[1], j[2]);
  double worst = 0;
  for (int i = 0; i < 4; i++) {
    for (int k = 0; k < 3; k++) {
      double up[3] = {s[0], s[1], s[2]}, down[3] = {s[0], s[1], s[2]}, a[4], b[4], h = 1e-6;
      up[k] += h;
      down[k] -= h;
      position(up, a);
      position(down, b);
      worst = fmax(worst, fabs((a[i] - b[i]) / (2 * h) - j[k][i]));
      printf("%10.6f", j[k][i]);
    }
    printf("\n");
  }
  printf("differences agree: %s\n", worst < 1e-7 ? "yes" : "no");
  return worst < 1e-7 ? 0 : 1;
}
