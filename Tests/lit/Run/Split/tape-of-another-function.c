// RUN: %check %s
/* A tape that was made for something else ends the program with a message, and not with a wrong derivative. */
#include "check.h"
#include <sys/wait.h>
#include <unistd.h>
static double f(double x) { return x * sin(x); }
static double g(double x) { return x * cos(x); }
static int died(void (*body)(void)) {
  int status = 0;
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    freopen("/dev/null", "w", stderr);
    close(2);
    body();
    _exit(0);
  }
  waitpid(child, &status, 0);
  return WIFSIGNALED(status);
}
static volatile double sink;
static void right(void) { AD_DO(sink = __nabla_fwdsplit_d((void *)f, 0.7, 1.0, __nabla_augmentfwd_d((void *)f, nabla_dup, 0.7, 1.0).tape), (void)0); }
static void other(void) { AD_DO(sink = __nabla_fwdsplit_d((void *)g, 0.7, 1.0, __nabla_augmentfwd_d((void *)f, nabla_dup, 0.7, 1.0).tape), abort()); }
/* Without `nabla_dup` the tape is for the reverse half. */
static void adjoints(void) { AD_DO(sink = __nabla_fwdsplit_d((void *)f, 0.7, 1.0, __nabla_augmentfwd_d((void *)f, 0.7).tape), abort()); }
int main(void) {
  EXPECT("right", died(right), 0);
  EXPECT("another function", died(other), 1);
  EXPECT("for adjoints", died(adjoints), 1);
  return chk_exit();
}
