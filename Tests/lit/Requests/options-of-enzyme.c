// RUN: %cc -O1 -w -emit-llvm -c %s -o %t.bc
/* What is on the command lines of programs that come from Enzyme. Most of it says nothing to Nabla. */
// RUN: %plainopt -load=%plugin -load-pass-plugin=%plugin -passes='enzyme,function(mem2reg,instcombine)' -enzyme-strict-aliasing=0 -enzyme-preopt=0 -enzyme-loose-types -enzyme-inline=1 -enzyme-attributor=0 -enzyme-postopt -enzyme-print -enzyme-rematerialize=1 -enzyme-max-cache=3 -enzyme-emptyfn-inactive -enzyme-globals-default-inactive=1 -S %t.bc -o - | %filecheck %s
// RUN: %plainopt -load=%plugin -load-pass-plugin=%plugin -passes='preserve-nvvm,nabla<inactive-functions;inactive-globals>' -S %t.bc -o - | %filecheck %s
// RUN: %plainopt -load=%plugin -load-pass-plugin=%plugin -passes='default<O2>,enzyme' -enzyme-emptyfn-inactive -S %t.bc -o - | %filecheck %s
// RUN: %cc -O1 -w -fpass-plugin=%plugin -Xclang -load -Xclang %plugin -mllvm -enzyme-emptyfn-inactive=true -mllvm -enzyme-nonmarkedglobals-inactive -mllvm -enzyme-loose-types=1 -S -emit-llvm %s -o - | %filecheck %s
// RUN: %not %plainopt -load=%plugin -load-pass-plugin=%plugin -passes=enzyme -enzyme-emptyfn-inactive=0 -S %t.bc -o - 2>&1 | grep "no derivative for 'seen'"

/* Those that are what markers say. */
// RUN: %plainopt -load=%plugin -load-pass-plugin=%plugin -passes='nabla<show-requests>' -enzyme-strong-zero -enzyme-runtime-activity -disable-output %t.bc 2>&1 | grep 'result active, runtime activity, strong zero'
// RUN: %opt -passes='nabla<show-requests;strong-zero;runtime-activity>' -disable-output %t.bc 2>&1 | grep 'result active, runtime activity, strong zero'

extern int nabla_dup;
double __nabla_autodiff(void *, ...);
double seen(double);
double factor = 2;

static double f(double x) {
  factor = seen(x) * x;
  return factor * x;
}
// CHECK-LABEL: define {{.*}}double @slope(
// CHECK-NOT: __nabla_autodiff
double slope(double x) { return __nabla_autodiff((void *)f, x); }
