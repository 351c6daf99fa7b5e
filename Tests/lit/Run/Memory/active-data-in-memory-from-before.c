// RUN: %check %s
/* Memory that global variables led to before a derivative ran has no shadow. It may be read; active data that would be stored there
   end the program with a message, and give no wrong derivative. */
#include "check.h"
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
struct node {
  double value, weight;
  struct node *next;
};
static struct node *list;
static void grow(int n) {
  for (int i = 0; i < n; i++) {
    struct node *p = (struct node *)calloc(1, sizeof *p);
    p->weight = i + 1;
    p->next = list;
    list = p;
  }
}
static double weights(double *x, int n) {
  double s = 0;
  int i = 0;
  for (struct node *p = list; p; p = p->next) s += p->weight * x[i++ % n] * x[0];
  return s;
}
static double values(double *x, int n) {
  int i = 0;
  for (struct node *p = list; p; p = p->next) p->value = x[i++ % n] * p->weight;
  double s = 0;
  for (struct node *p = list; p; p = p->next) s += p->value * p->value;
  return s;
}
static double longer(double *x, int n) {
  struct node own = {x[0], 1, 0}, *end = list;
  while (end->next) end = end->next;
  end->next = &own;
  double s = 0;
  for (struct node *p = list; p; p = p->next) s += p->value * p->weight;
  end->next = 0;
  return s;
}
static int died(void (*body)(void)) {
  int status = 0;
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    close(2);
    body();
    _exit(0);
  }
  waitpid(child, &status, 0);
  return WIFSIGNALED(status);
}
static double x[3] = {0.7, 0.9, 0.4}, d[3] = {1, 1, 1};
static volatile double sink;
static void reverse(void) { AD_DO(sink = __nabla_autodiff_d((void *)values, nabla_dup, x, d, 3), abort()); }
static void forward(void) { AD_DO(sink = __nabla_fwddiff_d((void *)values, nabla_dup, x, d, 3), abort()); }
static void reverseLonger(void) { AD_DO(sink = __nabla_autodiff_d((void *)longer, nabla_dup, x, d, 3), abort()); }
static void forwardLonger(void) { AD_DO(sink = __nabla_fwddiff_d((void *)longer, nabla_dup, x, d, 3), abort()); }
int main(void) {
  grow(4);
  CHECK_GRAD("weights", weights, x, 3);
  EXPECT("reverse", died(reverse), 1);
  EXPECT("forward", died(forward), 1);
  EXPECT("pointer, reverse", died(reverseLonger), 1);
  EXPECT("pointer, forward", died(forwardLonger), 1);
  return chk_exit();
}
