// RUN: %clangplain -x c -O1 -fno-discard-value-names -emit-llvm -c %s -o %t.bc
// RUN: %opt -passes='nabla<show-plan>' -disable-output %t.bc 2>&1 | %filecheck %s
/* What is overwritten is on the tape, and what can be computed from the counter is computed again. */
double exp(double);
extern int nabla_dup, nabla_const;
typedef struct { void *tape; double value; } Taped;
Taped __nabla_augmentfwd(void *, ...);
double __nabla_fwdsplit(void *, ...);

// CHECK: plan for relax, tangents from a tape:
// CHECK-DAG: tangent{{.*}}%mul = fmul double
// CHECK-DAG: tangent{{.*}}@exp
// CHECK-DAG: keep{{.*}}load double{{.*}} per iteration of
// CHECK-DAG: again{{.*}}add{{.*}}
static double relax(double *u, int n) {
  double sum = 0;
  for (int i = 0; i < n; i++) {
    u[i] = exp(u[i]) * u[i];
    sum += u[i];
  }
  return sum;
}

double slope(double *u, double *du, int n) {
  Taped t = __nabla_augmentfwd((void *)relax, nabla_dup, u, du, nabla_const, n);
  return __nabla_fwdsplit((void *)relax, nabla_dup, u, du, nabla_const, n, t.tape);
}
