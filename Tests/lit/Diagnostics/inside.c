// RUN: %not %clang -O1 -g -ferror-limit=0 -c %s -o %t.o 2>&1 | %filecheck %s
/* What can't be differentiated, in the function itself. The message ends with its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
extern int nabla_dup, nabla_const;
double __nabla_autodiff(void *, ...);

void __nabla_autodiff_none(void *, ...);

static double assembly(double x) {
  double y;
  __asm__("movapd %1,%0" : "=x"(y) : "x"(x));
  return y * x;
}
double a(double x) {
  // CHECK-DAG: inside.c:[[#@LINE+1]]:10: error: cannot differentiate inline assembly that touches active data in 'assembly'; put it into a function of its own{{.*}}(at {{.*}}inside.c:14:
  return __nabla_autodiff((void *)assembly, x);
}
int less(const void *, const void *);
static double sorted(double *x, int n) {
  qsort(x, n, sizeof *x, less);
  return x[0] * x[1];
}
void b(double *x, double *dx, int n) {
  // CHECK-DAG: inside.c:[[#@LINE+1]]:3: error: cannot differentiate 'qsort' in 'sorted': it calls back into the program with active data; write the algorithm out{{.*}}(at {{.*}}inside.c:23:
  __nabla_autodiff_none((void *)sorted, x, dx, n);
}
static jmp_buf place;
static double jumping(double x) {
  volatile double y = x;
  if (setjmp(place)) return y * x;
  y *= 2;
  longjmp(place, 1);
}
double c(double x) {
  // CHECK-DAG: inside.c:[[#@LINE+1]]:10: error: cannot differentiate '_setjmp' in 'jumping': it jumps between functions, and no sweep can follow it backwards
  return __nabla_autodiff((void *)jumping, x);
}
static double several(int n, ...) {
  va_list list;
  va_start(list, n);
  double s = va_arg(list, double) * (double)va_arg(list, __int128);
  va_end(list);
  return s * s;
}
static double calls_several(double x) { return several(1, x * x, (__int128)2); }
double d(double x) {
  // CHECK-DAG: inside.c:[[#@LINE+1]]:10: error: cannot differentiate 'several': it is variadic and takes active values beyond its parameters; pass them as parameters or in an array
  return __nabla_autodiff((void *)calls_several, x);
}
static double targets(double x, int k) {
  static void *labels[] = {&&one, &&two};
  goto *labels[k & 1];
one:
  return x * x;
two:
  return x * x * x;
}
double e(double x, int k) {
  // CHECK-DAG: inside.c:[[#@LINE+1]]:10: error: cannot differentiate 'targets': it has a computed goto; use a switch
  return __nabla_autodiff((void *)targets, x, k);
}
static void copied(const void *from, void *to, long n) { memcpy(to, from, n); }
void h(double *x, double *dx, double *y, double *dy, long n) {
  // CHECK-DAG: inside.c:[[#@LINE+1]]:3: error: cannot tell which of the bytes copied to {{'to'|this memory}} in 'copied' are floating-point numbers: nothing here accesses them as such; say so with `__nabla_double(pointer, bytes)`
  __nabla_autodiff_none((void *)copied, x, dx, y, dy, n);
}
