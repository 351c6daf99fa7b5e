// RUN: %check %s
/* A rule for one mode: in the others the body is differentiated. The rules count how often they are used. */
#define CHECK_TAPE
#include "check.h"
static int used;
__attribute__((noinline)) static double cube(double x) { return x * x * x; }
static double cube_augmented(double x) { used++; return x * x * x; }
static double cube_reverse(double x, double seed) { return 3 * x * x * seed; }
void *__nabla_register_gradient_cube[] = {(void *)cube, (void *)cube_augmented, (void *)cube_reverse};

struct pair { double primal, tangent; };
__attribute__((noinline)) static double wave(const double *p, double x) { return p[0] * sin(p[1] * x); }
static struct pair wave_forward(const double *p, const double *dp, double x, double dx) {
  used++;
  return (struct pair){wave(p, x), dp[0] * sin(p[1] * x) + p[0] * cos(p[1] * x) * (dp[1] * x + p[1] * dx)};
}
void *__nabla_register_derivative_wave[] = {(void *)wave, (void *)wave_forward};

static double f(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += cube(x[i]) * wave(x, s + i);
  return s;
}
int main(void) {
  double x[] = {0.7, 1.3, 0.4}, d[3] = {0}, u[3] = {1, 0, 0};
  CHECK_GRAD("both", f, x, 3);
  used = 0;
  AD_DO(__nabla_autodiff_v((void *)f, x, d, 3), used = 3);
  EXPECT("in reverse", used, 3);
  used = 0;
  AD_DO(__nabla_fwddiff_d((void *)f, x, u, 3), used = 3);
  EXPECT("forward", used, 3);
  return chk_exit();
}
