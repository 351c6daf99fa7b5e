// RUN: %check %s
#include "check.h"
/* Words that may alias anything, as portable code moves memory. */
typedef uint64_t __attribute__((may_alias)) word;
static void copy_words(void *to, const void *from, int n) {
  word *t = (word *)to;
  const word *f = (const word *)from;
  for (int i = 0; i < n; i++) t[i] = f[i];
}
static double words(double *x, int n) {
  double y[4], s = 0;
  copy_words(y, x, n);
  for (int i = 0; i < n; i++) s += y[i] * y[(i + 1) % n] * x[i];
  return s;
}
static double bits(double x) {
  uint64_t b;
  double r;
  memcpy(&b, &x, 8);
  b += 0;
  memcpy(&r, &b, 8);
  return r * r;
}
/* Buckets of bits, read as numbers much later. */
static double kept_as_bits(double *x, int n) {
  uint64_t table[8];
  double s = 0;
  for (int i = 0; i < n; i++) memcpy(&table[(i * 3) % n], &x[i], sizeof *x);
  for (int i = 0; i < n; i++) {
    double v;
    memcpy(&v, &table[i], sizeof v);
    s += v * x[i] * (i + 1);
  }
  return s;
}
/* A counter and numbers in one piece of memory. */
static double arena(double *x, int n) {
  char *memory = (char *)malloc(256);
  double *y = (double *)memory;
  long *count = (long *)(memory + n * sizeof(double));
  *count = 0;
  for (int i = 0; i < n; i++) {
    y[i] = x[i] * x[i];
    (*count)++;
  }
  double s = 0;
  for (long i = 0; i < *count; i++) s += y[i] * y[(i + 1) % *count];
  free(memory);
  return s;
}
int main(void) {
  double x[] = {0.4, 1.2, -0.7, 0.9};
  CHECK_GRAD("words", words, x, 4);
  CHECK1("bits", bits, 1.7);
  CHECK_GRAD("kept as bits", kept_as_bits, x, 4);
  CHECK_GRAD("arena", arena, x, 4);
  return chk_exit();
}
