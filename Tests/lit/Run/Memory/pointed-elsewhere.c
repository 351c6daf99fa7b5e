// RUN: %check %s
/* A derivative leaves a pointer to active memory in a global, and the program then points it elsewhere: what the pointer led to has no
   part in the next derivative. Without the sanitizer: the program frees the blocks, and nobody their shadows (docs/limitations.md). */
#include "check.h"
#include <stdlib.h>

static double constants[2] = {2, 3};
static double others[2] = {5, 7};
static double *table;
static int fresh;

static double tabulated(double x) {
  if (fresh) {
    table = (double *)malloc(2 * sizeof(double));
    table[0] = x * x;
    table[1] = x;
  }
  return table[0] * table[1] * x;
}

static struct {
  double total;
  int count;
  double *values[2];
} sums;
static double summed(double x) {
  if (fresh) {
    for (int k = 0; k < 2; k++) {
      sums.values[k] = (double *)malloc(sizeof(double));
      *sums.values[k] = x * (k + 1);
    }
  }
  sums.total = 0;
  for (int i = 0; i < sums.count; i++) sums.total += *sums.values[i % 2] * x;
  return sums.total;
}

/* A derivative inside the function: what was set before it stays. */
static double slope_at(double y) { return table[0] * table[0] * y * y; }
static double nested(double x) {
  double *keep = table;
  double local[2] = {x * x, x};
  double d = 0;
  table = local;
  d += slope_at(x);
  table = keep;
  d += slope_at(x);
  table = local;
  d += table[0] * table[1];
  table = keep;
  return d;
}

int main(void) {
  double x = 0.7, d = 0;
  for (int k = 0; k < 3; k++) {
    double *kept[2];
    fresh = 1;
    AD_DO(d = __nabla_fwddiff_d((void *)tabulated, x, 1.0), (tabulated(x), d = 4 * x * x * x));
    EXPECT("set by the derivative", d, 4 * x * x * x);
    fresh = 0;
    AD_DO(d = __nabla_fwddiff_d((void *)tabulated, x, 1.0), d = 4 * x * x * x);
    EXPECT("kept", d, 4 * x * x * x);
    free(table);
    table = constants;
    AD_DO(d = __nabla_fwddiff_d((void *)tabulated, x, 1.0), d = 6);
    EXPECT("constants, forward", d, 6);
    AD_DO(d = __nabla_autodiff_d((void *)tabulated, x), d = 6);
    EXPECT("constants, reverse", d, 6);
    table = others;
    AD_DO(d = __nabla_autodiff_d((void *)tabulated, x), d = 35);
    EXPECT("others, reverse", d, 35);
    AD_DO(d = __nabla_fwddiff_d((void *)tabulated, x, 1.0), d = 35);
    EXPECT("others, forward", d, 35);
    AD_DO(d = __nabla_fwddiff_d((void *)nested, x, 1.0), d = 6 * x * x * x * x * x + 50 * x + 3 * x * x);
    EXPECT("nested, forward", d, 6 * x * x * x * x * x + 50 * x + 3 * x * x);
    AD_DO(d = __nabla_autodiff_d((void *)nested, x), d = 6 * x * x * x * x * x + 50 * x + 3 * x * x);
    EXPECT("nested, reverse", d, 6 * x * x * x * x * x + 50 * x + 3 * x * x);

    sums.count = 3;
    fresh = 1;
    AD_DO(d = __nabla_fwddiff_d((void *)summed, x, 1.0), (summed(x), d = 8 * x));
    EXPECT("sums, set by the derivative", d, 8 * x);
    fresh = 0;
    kept[0] = sums.values[0];
    kept[1] = sums.values[1];
    sums.values[0] = &constants[1];
    sums.values[1] = &others[0];
    AD_DO(d = __nabla_fwddiff_d((void *)summed, x, 1.0), d = 11);
    EXPECT("sums, forward", d, 11);
    sums.values[1] = &others[1];
    AD_DO(d = __nabla_autodiff_d((void *)summed, x), d = 13);
    EXPECT("sums, reverse", d, 13);
    free(kept[0]);
    free(kept[1]);
  }
  return chk_exit();
}
