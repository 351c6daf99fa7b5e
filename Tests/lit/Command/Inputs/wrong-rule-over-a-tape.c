#include <stdlib.h>
#include <string.h>
typedef struct { double *tape, value; } Taped;

static double h(const double *p, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += p[i] * p[i];
  return s;
}
static Taped h_augmented(const double *p, double *dp, int n, int dn) {
  double *tape = malloc(n * sizeof *tape);
  memcpy(tape, p, n * sizeof *tape);
  return (Taped){tape, h(p, n)};
}
static double h_tangent(const double *p, const double *dp, int n, int dn, double *tape) {
  double s = 0;
  for (int i = 0; i < n; i++) s += tape[i] * dp[i]; /* twice that */
  return s;
}
void *__nabla_register_splitderivative_h[3] = {(void *)h, (void *)h_augmented, (void *)h_tangent};
double f(const double *p, int n) { return h(p, n) * 2 + p[0]; }
