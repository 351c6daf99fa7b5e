// RUN: %not %clangxx -O1 -g -ferror-limit=0 -c %s -o %t.o 2>&1 | %filecheck %s
/* What cannot be had from a tape, and rules that are missing. */
#include <cstdlib>
extern "C" {
extern int nabla_dup, nabla_width;
double __nabla_autodiff(void *, ...);
double __nabla_fwddiff(void *, ...);
double __nabla_reverse(void *, ...);
double __nabla_fwdsplit(void *, ...);
void *__nabla_augmentfwd(void *, ...);
}
struct two { double a, b; };
extern "C" two __nabla_autodiff_two(void *, ...);

static double both(const double *x) { return x[0] * x[1]; }
void *tape(const double *x, double *dx) {
  // CHECK-DAG: tapes.cpp:[[#@LINE+1]]:10: error: the tape of '{{.*}}both{{.*}}' may go to __nabla_reverse or to __nabla_fwdsplit, which keep different things, and both are called with these activities
  return __nabla_augmentfwd((void *)both, x, dx);
}
double one(const double *x, double *dx, void *tape) { return __nabla_reverse((void *)both, x, dx, tape); }
double other(const double *x, double *dx, void *tape) { return __nabla_fwdsplit((void *)both, x, dx, tape); }

void mayThrow(double);
static double catching(double x) {
  try {
    mayThrow(1);
  } catch (...) {
    return x * x;
  }
  return x;
}
double a(double x, void *tape) {
  // CHECK-DAG: tapes.cpp:[[#@LINE+1]]:10: error: cannot compute tangents of '{{.*}}catching{{.*}}' from a tape: it catches exceptions, and a tape does not tell whether one was thrown
  return __nabla_fwdsplit((void *)catching, x, 1.0, tape);
}

struct node { double *values; };
static double aligned(struct node *n, double x) {
  void *p;
  if (posix_memalign(&p, 64, 64)) return 0;
  n->values = (double *)p;
  n->values[0] = x;
  return n->values[0] * x;
}
double b(struct node *n, struct node *d, double x, void *tape) {
  // CHECK-DAG: tapes.cpp:[[#@LINE+1]]:10: error: cannot compute tangents of '{{.*}}aligned{{.*}}' from a tape: 'posix_memalign' returns memory through a pointer
  return __nabla_fwdsplit((void *)aligned, n, d, x, 1.0, tape);
}

extern "C" double outside(double *p, double x);
two outside_forward(double *p, double *dp, double x, double dx);
void *__nabla_register_derivative_outside[] = {(void *)outside, (void *)outside_forward};
static double calls(double *p, double x) { return outside(p, x) * x; }
double c(double *p, double *dp, double x, void *tape) {
  // CHECK-DAG: tapes.cpp:[[#@LINE+1]]:10: error: no tangents from a tape for 'outside', called from '{{.*}}calls{{.*}}' with active data: its forward rule would look into memory
  return __nabla_fwdsplit((void *)calls, p, dp, x, 1.0, tape);
}
double d(double *p, double *dp, double x) {
  // CHECK-DAG: tapes.cpp:[[#@LINE+1]]:10: error: no derivative for 'outside', called from '{{.*}}calls{{.*}}' with active data: it has no body in this module, and the rule that is registered for it is not for reverse mode; register one (`void *__nabla_register_gradient_outside[3]
  return __nabla_autodiff((void *)calls, p, dp, x);
}
extern "C" double backwards(double x);
double backwards_augmented(double x);
double backwards_reverse(double x, double seed);
void *__nabla_register_gradient_backwards[] = {(void *)backwards, (void *)backwards_augmented, (void *)backwards_reverse};
static double callsBackwards(double x) { return backwards(x) * x; }
double e(double x) {
  // CHECK-DAG: tapes.cpp:[[#@LINE+1]]:10: error: no derivative for 'backwards', called from '{{.*}}callsBackwards{{.*}}' with active data: it has no body in this module, and the rule that is registered for it is not for forward mode; register one (`void *__nabla_register_derivative_backwards[2]
  return __nabla_fwddiff((void *)callsBackwards, x, 1.0);
}
extern "C" __attribute__((noinline)) double wrong(double x, int k) { return x * k; }
double wrong_augmented(double x, int k);
double wrong_forward(double x, int k);
void *__nabla_register_splitderivative_wrong[] = {(void *)wrong, (void *)wrong_augmented, (void *)wrong_forward};
static double callsWrong(double x) { return wrong(x, 3) * x; }
double f(double x, void *tape) {
  // CHECK-DAG: tapes.cpp:[[#@LINE+1]]:10: error: the prototypes of the rule over a tape registered for 'wrong' do not fit; expected, without a tape: double wrong_augmented(double x, int k); double wrong_forward(double x, double d_x, int k, int d_k), which returns the tangent
  return __nabla_fwdsplit((void *)callsWrong, x, 1.0, tape);
}
