// RUN: %check %s
// REFUSE: (lgamma|tgamma)
// ALLOW-REFUSE
#include "check.h"
static double t_lgamma(double x) { return lgamma(x); }
static double t_tgamma(double x) { return tgamma(x); }
int main(void) {
  CHECK1("lgamma", t_lgamma, 3.3);
  CHECK1("tgamma", t_tgamma, 2.7);
  return chk_exit();
}
