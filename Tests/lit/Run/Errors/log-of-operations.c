// RUN: %check %s
/* The program is told of every operation that carries an error. */
#include "check.h"
double __nabla_error_estimate(void *, ...);
static int products, calls, others;
static double largest;
void nablaLogError(double value, double error, const char *opcode, const char *callee, const char *module,
                   const char *function, const char *block) {
  if (!strcmp(opcode, "fmul") && callee[0] == 0) products++;
  else if (!strcmp(opcode, "call") && !strcmp(callee, "cosh")) calls++;
  else others++;
  if (fabs(error / value) > largest) largest = fabs(error / value);
  if (!strstr(module, "log-of-operations") || !function[0]) abort();
}
static double f(const double *x, int n, double k) {
  double p = 1;
  for (int i = 0; i < n; i++) p *= cosh(x[i]);
  return p * 2.0 * k;
}
int main(void) {
  double x[3] = {0.1, 0.2, 0.3}, e[3] = {1e-6, 2e-6, 3e-6};
  double bound = 0;
  for (int i = 0; i < 3; i++) bound += tanh(x[i]) * e[i];
  double value = f(x, 3, 7.0);
  double got = AD(__nabla_error_estimate((void *)f, nabla_dup, x, e, 3, nabla_const, 7.0), bound * value);
  EXPECT_TOL("error", got, bound * value, 1e-9);
#ifndef NO_AD
  EXPECT("calls", calls, 3);
  EXPECT("products", products >= 4, 1);
  EXPECT("others", others, 0);
  EXPECT_TOL("largest", largest, bound, 1e-9);
#endif
  return chk_exit();
}
