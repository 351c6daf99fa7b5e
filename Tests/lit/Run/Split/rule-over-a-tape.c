// RUN: %check %s
// SANITIZE
/* Registered rules for tangents from a tape: with and without tape, by value and in memory. */
#define CHECK_TAPE
#include "check.h"
static int calls;
__attribute__((noinline)) static double cube(double x) { calls++; return x * x * x; }
static double cube_augmented(double x) { return cube(x); }
static double cube_forward(double x, double dx) { return 3 * x * x * dx; }
void *__nabla_register_splitderivative_cube[] = {(void *)cube, (void *)cube_augmented, (void *)cube_forward};

/* Squares in place; remembers what it overwrote. */
__attribute__((noinline)) static double square(double *x, int n, double w) {
  double s = 0;
  for (int i = 0; i < n; i++) { x[i] *= x[i]; s += w * x[i]; }
  return s;
}
struct tape_and_sum { double *tape; double sum; };
static struct tape_and_sum square_augmented(double *x, double *dx, int n, double w) {
  static double kept[8];  /* a tape may be used many times: the forward half does not know which is the last */
  struct tape_and_sum r = {kept, 0};
  for (int i = 0; i < n; i++) r.tape[i] = x[i];
  r.sum = square(x, n, w);
  return r;
}
struct pair { double primal, tangent; };
static struct pair square_forward(double *x, double *dx, int n, double w, double dw, double *tape) {
  struct pair r = {0, 0};
  for (int i = 0; i < n; i++) {
    dx[i] *= 2 * tape[i];
    r.primal += w * tape[i] * tape[i];
    r.tangent += dw * tape[i] * tape[i] + w * dx[i];
  }
  return r;
}
void *__nabla_register_splitderivative_square[] = {(void *)square, (void *)square_augmented, (void *)square_forward};

static double f(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += cube(x[i]) * x[(i + 1) % n];
  return s;
}
static double g(double *x, int n) {
  double s = square(x, n, x[0] * x[1]);
  x[0] = 0;
  return s * x[1] + x[2];
}
/* A rule for plain tangents serves as well if it takes nothing but numbers. */
__attribute__((noinline)) static double twist(double x, int k) { return x * sin(k * x); }
static struct pair twist_forward(double x, double dx, int k) {
  struct pair r = {x * sin(k * x), (sin(k * x) + k * x * cos(k * x)) * dx};
  return r;
}
void *__nabla_register_derivative_twist[] = {(void *)twist, (void *)twist_forward};
static double h(double a) {
  double s = a;
  for (int k = 1; k < 4; k++) s += twist(s, k);
  return s;
}
int main(void) {
  double x[] = {0.7, 1.3, 0.2, 1.1}, fd, value = 1;
  calls = 0;
  CHECK_GRAD("numbers", f, x, 4);
#ifndef NO_AD
  calls = 0;
  double u[] = {1, 0, 0, 0};
  struct chk_taped t = __nabla_augmentfwd_d((void *)f, x, u, 4);
  __nabla_fwdsplit_d((void *)f, x, u, 4, t.tape);
  EXPECT("calls", calls, 4);
#endif
  double d[] = {0.3, -0.2, 0.5}, up[3], down[3], p[] = {0.7, 1.3, 0.2}, step = 1e-5;
  for (int i = 0; i < 3; i++) { up[i] = p[i] + step * d[i]; down[i] = p[i] - step * d[i]; }
  double want = (g(up, 3) - g(down, 3)) / (2 * step), got = want;
#ifndef NO_AD
  struct chk_taped tape = __nabla_augmentfwd_d((void *)g, p, d, 3);
  for (int i = 0; i < 3; i++) p[i] = 1e30;
  got = __nabla_fwdsplit_d((void *)g, p, d, 3, tape.tape);
#endif
  EXPECT_TOL("memory", got, want, 1e-8);
  CHECK1("forward rule", h, 0.6);
  return chk_exit();
}
