/* The contract between a kernel and the timing program (../main.c). A kernel is C17 or C++17. */
#ifndef KERNEL_H
#define KERNEL_H
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- what a kernel defines ---- */
long bench_setup(long size);             /* makes the inputs; returns how many there are */
long bench_default_size(void);
double *bench_x(void);                   /* the inputs, contiguous */
double bench_primal(void);               /* the objective at bench_x() */
void bench_gradient(double *g);          /* writes the derivative by all inputs */
int bench_manual(double *g);             /* the same by hand; returns 0 if there is none */
double bench_jvp(const double *v);       /* forward mode, one direction */

/* ---- the derivative's spelling: __nabla_, or __enzyme_ for plugins that know only that ---- */
#ifdef BENCH_ENZYME
#define AD(marker) enzyme_##marker
#define REVERSE __enzyme_autodiff
#define FORWARD __enzyme_fwddiff
#else
#define AD(marker) nabla_##marker
#define REVERSE __nabla_autodiff
#define FORWARD __nabla_fwddiff
#endif
extern int AD(dup), AD(dupnoneed), AD(out), AD(const);
void REVERSE(void *, ...);
double FORWARD(void *, ...);
/* One mode a build, so that one failing leaves the other measurable. */
#ifdef BENCH_REVERSE
#define IF_REVERSE(...) __VA_ARGS__
#else
#define IF_REVERSE(...) abort();
#endif
#ifdef BENCH_FORWARD
#define IF_FORWARD(...) __VA_ARGS__
#else
#define IF_FORWARD(...) abort();
#endif

#ifdef __cplusplus
}
#endif

/* ---- reproducible inputs ---- */
static inline uint64_t bench_random(uint64_t *s) {
  *s ^= *s << 13;
  *s ^= *s >> 7;
  *s ^= *s << 17;
  return *s;
}
static inline double bench_uniform(uint64_t *s, double lo, double hi) {
  return lo + (hi - lo) * ((double)(bench_random(s) >> 11) * 0x1p-53);
}
static inline double *bench_fill(uint64_t *s, long n, double lo, double hi) {
  double *p = (double *)malloc((size_t)n * sizeof(double));
  for (long i = 0; i < n; i++) p[i] = bench_uniform(s, lo, hi);
  return p;
}
#endif
