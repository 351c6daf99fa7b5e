// RUN: %clang -O1 -Xclang -disable-llvm-passes -emit-llvm -c %s -o %t.bc
// RUN: %opt -passes='nabla<show-subject>' -disable-output %t.bc 2>&1 | %filecheck %s

// A pointer to a structure or to a number, it is the same function; where pointers have types, the call is cast.

struct pair { double a, b; };
static double area(struct pair *p) { return p->a * p->b; }
static double f(double *x) { return ((double (*)(double *))area)(x); }

// CHECK: define internal double @nabla.subject.f
// CHECK-NOT: call
// CHECK: fmul double
// CHECK: }
double __nabla_autodiff(void *, double *, double *);
void g(double *x, double *dx) { __nabla_autodiff((void *)f, x, dx); }
