/* Reverse mode in two halves: the objective is known before the adjoint of its result is chosen.

   clang-19 -O2 -fpass-plugin=libNabla.so late-seed.c -o late-seed -lm */
#include <math.h>
#include <stdio.h>

/* A simulated quantity: where a logistic growth is after some steps. */
static double population(const double *rate, int steps) {
  double x = 0.1;
  for (int i = 0; i < steps; i++) x += rate[i] * x * (1 - x);
  return x;
}

extern int nabla_dup, nabla_const;
struct taped { void *tape; double result; };
struct taped __nabla_augmentfwd(void *, ...);
void __nabla_reverse(void *, ...);

/* Huber's loss is chosen after the simulation: its slope is the seed. */
static double huber_slope(double r) { return fabs(r) < 0.1 ? r : copysign(0.1, r); }
static double huber(double r) { return fabs(r) < 0.1 ? 0.5 * r * r : 0.1 * (fabs(r) - 0.05); }

int main(void) {
  enum { steps = 5 };
  double rate[steps] = {0.5, 0.6, 0.7, 0.6, 0.5}, slope[steps] = {0}, worst = 0, target = 0.4;

  struct taped run = __nabla_augmentfwd((void *)population, nabla_dup, rate, slope, nabla_const, steps);
  double seed = huber_slope(run.result - target);
  __nabla_reverse((void *)population, nabla_dup, rate, slope, nabla_const, steps, seed, run.tape);

  printf("population %.6f, seed %.6f\n", run.result, seed);
  for (int i = 0; i < steps; i++) {
    double h = 1e-6, keep = rate[i];
    rate[i] = keep + h;
    double up = huber(population(rate, steps) - target);
    rate[i] = keep - h;
    double down = huber(population(rate, steps) - target);
    rate[i] = keep;
    worst = fmax(worst, fabs((up - down) / (2 * h) - slope[i]));
    printf("d loss/d rate[%d] %.6f\n", i, slope[i]);
  }
  printf("differences agree: %s\n", worst < 1e-8 ? "yes" : "no");
  return worst < 1e-8 ? 0 : 1;
}
