// RUN: %check %s
// SANITIZE
// LEVELS: -O0; -O1; -O2; opt
#include "check.h"
#include <string>
static std::string label(int i) { return "parameter number " + std::to_string(i) + " of a model with a long name"; }
struct Parameter { std::string name; double value; };
static double f(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    Parameter p{label(i), x[i] * x[i]};
    if (p.name.find("number 1") != std::string::npos) p.value *= x[0];
    s += p.value * p.name.size() * 0.1;
  }
  return s;
}
int main() {
  double x[] = {0.9, 1.2, -0.7};
  CHECK_GRAD("strings", f, x, 3);
  return chk_exit();
}
