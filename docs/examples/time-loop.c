/* The gradient of a simulation: heat flows along a rod for many steps, and we ask how the end depends on the start and on
   the material. The reverse sweep walks the steps backwards; what it needs of each is kept.

   clang-19 -O2 -fpass-plugin=libNabla.so time-loop.c -o time-loop -lm */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { cells = 20, steps = 300 };

/* Conductivity grows with temperature, so each step depends on the one before in a non-linear way. */
static double simulate(const double *restrict start, double conductivity, double *restrict end) {
  double *u = malloc(2 * cells * sizeof *u), *next = u + cells;
  memcpy(u, start, cells * sizeof *u);
  for (int step = 0; step < steps; step++) {
    for (int i = 1; i + 1 < cells; i++) {
      double k = conductivity * (1 + 0.5 * u[i]);
      next[i] = u[i] + k * (u[i - 1] - 2 * u[i] + u[i + 1]);
    }
    next[0] = next[1]; /* insulated */
    next[cells - 1] = 0; /* held at zero */
    memcpy(u, next, cells * sizeof *u);
  }
  double heat = 0;
  for (int i = 0; i < cells; i++) {
    end[i] = u[i];
    heat += u[i];
  }
  free(u);
  return heat;
}

extern int nabla_dup, nabla_const, nabla_out;
double __nabla_autodiff(void *, ...);

int main(void) {
  double start[cells], end[cells], slope[cells] = {0}, worst = 0;
  for (int i = 0; i < cells; i++) start[i] = exp(-0.1 * (i - 5) * (i - 5));

  /* `end` is constant here: the heat that is returned is what we differentiate. */
  double by_conductivity =
      __nabla_autodiff((void *)simulate, nabla_dup, start, slope, nabla_out, 0.2, nabla_const, end);

  const double h = 1e-6;
  for (int i = 0; i < cells; i++) {
    double keep = start[i];
    start[i] = keep + h;
    double up = simulate(start, 0.2, end);
    start[i] = keep - h;
    double down = simulate(start, 0.2, end);
    start[i] = keep;
    worst = fmax(worst, fabs((up - down) / (2 * h) - slope[i]));
  }
  worst = fmax(worst, fabs((simulate(start, 0.2 + h, end) - simulate(start, 0.2 - h, end)) / (2 * h) - by_conductivity));
  printf("heat after %d steps %.6f\n", steps, simulate(start, 0.2, end));
  printf("d heat/d conductivity %.6f\n", by_conductivity);
  for (int i = 0; i < cells; i += 5) printf("d heat/d start[%d] %.6f\n", i, slope[i]);
  printf("differences agree: %s\n", worst < 1e-7 ? "yes" : "no");
  return worst < 1e-7 ? 0 : 1;
}
