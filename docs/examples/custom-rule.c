/* A derivative written by hand for one function, here a table lookup: the slope of a property that
   was tabulated, with the reverse sweep's work spelled out.

   clang-19 -O2 -fpass-plugin=libNabla.so custom-rule.c -o custom-rule -lm */
#include <math.h>
#include <stdio.h>

enum { cells = 200 };
static const double spacing = 0.05;
static double table[cells + 1]; /* of f(t) = exp(-t), filled once and constant since */
static int calls;

/* The value of the nearest entry: a staircase, with no useful derivative of its own. */
__attribute__((noinline)) static double property(double t) {
  int i = (int)(t / spacing + 0.5);
  if (i < 0) i = 0;
  if (i > cells) i = cells;
  return table[i];
}

/* Forward half of the rule: the value, and a tape of one's own choice (the cell). */
struct kept { long cell; double value; };
static struct kept property_augmented(double t) {
  struct kept k = {(long)(t / spacing), property(t)};
  return k;
}
/* Reverse half: parameters, adjoint of the result, tape; returns the adjoint of t. */
static double property_reverse(double t, double seed, long cell) {
  calls++;
  return seed * (table[cell + 1] - table[cell]) / spacing;
}
__attribute__((used)) static void *__nabla_register_gradient_property[] = {
    (void *)property, (void *)property_augmented, (void *)property_reverse};

static double energy(const double *t, int n) {
  double sum = 0;
  for (int i = 0; i < n; i++) sum += t[i] * property(t[i]);
  return sum;
}

extern int nabla_dup, nabla_const;
void __nabla_autodiff(void *, ...);

int main(void) {
  for (int i = 0; i <= cells; i++) table[i] = exp(-spacing * i);
  double t[3] = {0.51, 1.27, 3.33}, d[3] = {0}, worst = 0;
  __nabla_autodiff((void *)energy, nabla_dup, t, d, nabla_const, 3);
  for (int i = 0; i < 3; i++) {
    double exact = (1 - t[i]) * exp(-t[i]);
    worst = fmax(worst, fabs(d[i] - exact));
    printf("t %.2f  slope %9.6f, of t·exp(-t) %9.6f\n", t[i], d[i], exact);
  }
  printf("rule used %d times\n", calls);
  return worst < 0.05 && calls == 3 ? 0 : 1;
}
