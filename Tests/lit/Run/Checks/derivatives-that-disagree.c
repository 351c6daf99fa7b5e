// RUN: %check %s
/* Rules that the program gives, and that are wrong: the check says which derivative of what, and ends the program. */
#include "check.h"
#include <sys/wait.h>
#include <unistd.h>
extern int nabla_check;
double __nabla_autodiff(void *, ...);
double __nabla_fwddiff(void *, ...);
struct pair { double value, tangent; };

__attribute__((noinline)) static double square(double x) { return x * x; }
static double square_augmented(double x) { return x * x; }
static double square_reverse(double x, double seed) { return 2.01 * x * seed; }
void *__nabla_register_gradient_square[] = {(void *)square, (void *)square_augmented, (void *)square_reverse};
static struct pair square_forward(double x, double dx) { return (struct pair){x * x, 2 * x * dx}; }
void *__nabla_register_derivative_square[] = {(void *)square, (void *)square_forward};

/* Wrong in both modes alike. */
__attribute__((noinline)) static double cube(double x) { return x * x * x; }
static double cube_augmented(double x) { return x * x * x; }
static double cube_reverse(double x, double seed) { return 3 * x * seed; }
void *__nabla_register_gradient_cube[] = {(void *)cube, (void *)cube_augmented, (void *)cube_reverse};
static struct pair cube_forward(double x, double dx) { return (struct pair){x * x * x, 3 * x * dx}; }
void *__nabla_register_derivative_cube[] = {(void *)cube, (void *)cube_forward};

static double f(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += square(x[i]);
  return s;
}
static double g(double x) { return cube(x) + x; }

static void run(int which) {
  double x[3] = {1, 2, 3}, d[3] = {0};
  switch (which) {
  case 0: __nabla_autodiff((void *)f, nabla_check, nabla_dup, x, d, 3); break;
  case 1: __nabla_fwddiff((void *)f, nabla_check, nabla_dup, x, d, 3); break;
  case 2: __nabla_autodiff((void *)g, nabla_check, 2.0); break;
  case 3: __nabla_autodiff((void *)f, nabla_check, 0.1, nabla_dup, x, d, 3); break;
  }
}
int main(void) {
#ifndef NO_AD
  const char *said[] = {"'f'", "'f'", "'g'", 0};
  for (int k = 0; k < 4; k++) {
    int ends[2], status;
    char text[500] = "";
    fflush(stdout);
    if (pipe(ends)) return 2;
    if (fork() == 0) {
      dup2(ends[1], 2);
      run(k);
      _exit(0);
    }
    close(ends[1]);
    wait(&status);
    if (read(ends[0], text, sizeof text - 1) < 0) return 2;
    close(ends[0]);
    EXPECT("ended", WIFSIGNALED(status), said[k] != 0);
    if (said[k]) EXPECT("says", strstr(text, "nabla_check: the derivatives of ") && strstr(text, said[k]) && strstr(text, "disagree"), 1);
  }
#endif
  return chk_exit();
}
