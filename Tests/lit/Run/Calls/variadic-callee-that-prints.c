// RUN: %check %s
/* A log with active values in it: the variadic function is called as it is. */
#include "check.h"
#include <stdarg.h>

static int lines;
static char last[100];
static void note(const char *format, ...) {
  va_list list;
  va_start(list, format);
  vsnprintf(last, sizeof last, format, list);
  va_end(list);
  lines++;
}
static double f(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    s += x[i] * x[i] * x[i];
    note("%d %.3f", i, s);
  }
  return s;
}
int main(void) {
  double x[] = {0.7, -0.4, 1.3};
  CHECK_GRAD("notes", f, x, 3);
  puts(last);
  EXPECT("lines", AD(lines, 3 * 15), 3 * 15);
  return chk_exit();
}
