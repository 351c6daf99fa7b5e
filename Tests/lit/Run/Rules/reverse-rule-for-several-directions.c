// RUN: %check %s
/* A registered reverse rule is called once for each direction; its augmented half once for all. */
#include "check.h"
struct two { double a, b; };
struct three { double a, b, c; };
void __nabla_autodiff_wide(void *, ...);
struct lanes { double a[3]; };
struct lanes __nabla_autodiff_lanes(void *, ...);
static int augmented, reversed;

__attribute__((noinline)) static double mix(double a, double b) { return a * sin(b); }
struct kept { double s, value; };
static struct kept mix_augmented(double a, double b) { augmented++; return (struct kept){sin(b), a * sin(b)}; }
static struct two mix_reverse(double a, double b, double seed, double s) { reversed++; return (struct two){s * seed, a * cos(b) * seed}; }
void *__nabla_register_gradient_mix[] = {(void *)mix, (void *)mix_augmented, (void *)mix_reverse};

__attribute__((noinline)) static double look(const double *table, int i, double w) { return table[i] * w * w; }
static double look_augmented(const double *table, double *dtable, int i, int di, double w) { augmented++; return look(table, i, w); }
static double look_reverse(const double *table, double *dtable, int i, int di, double w, double seed) {
  reversed++;
  if (dtable) dtable[i] += w * w * seed;
  return 2 * table[i] * w * seed;
}
void *__nabla_register_gradient_look[] = {(void *)look, (void *)look_augmented, (void *)look_reverse};

static double f(double *x, int n) {
  double s = 1;
  for (int i = 0; i < n; i++) s = mix(s, x[i]) + look(x, (i + 1) % n, s);
  return s;
}
static double g(double x) { return mix(x, x * x); }
int main(void) {
  double x[] = {0.7, 1.3, 0.9}, d[3][3] = {{0}}, fd[3] = {0}, h = 1e-5;
  CHECK_GRAD("one", f, x, 3);
  for (int i = 0; i < 3; i++) {
    double up[3], down[3];
    memcpy(up, x, sizeof x); memcpy(down, x, sizeof x);
    up[i] += h; down[i] -= h;
    fd[i] = (f(up, 3) - f(down, 3)) / (2 * h);
  }
  augmented = reversed = 0;
  AD_DO(__nabla_autodiff_wide((void *)f, nabla_width, 3, x, d[0], d[1], d[2], 3), for (int l = 0; l < 3; l++) memcpy(d[l], fd, sizeof fd));
  for (int l = 0; l < 3; l++)
    for (int i = 0; i < 3; i++) EXPECT_TOL("lane", d[l][i], fd[i], 1e-8);
  EXPECT("augmented", AD(augmented, 6), 6);
  EXPECT("reversed", AD(reversed, 18), 18);
  double want = (g(0.8 + h) - g(0.8 - h)) / (2 * h);
  struct lanes r = {{want, want, want}};
  AD_DO(r = __nabla_autodiff_lanes((void *)g, nabla_width, 3, 0.8), (void)0);
  for (int l = 0; l < 3; l++) EXPECT_TOL("out", r.a[l], want, 1e-8);
  return chk_exit();
}
