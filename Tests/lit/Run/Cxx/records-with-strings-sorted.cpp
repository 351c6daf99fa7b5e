// RUN: %check %s
// LEVELS: -O0; -O1; -O2; opt -O2
#include "check.h"
#include <algorithm>
#include <string>
#include <vector>
struct Term {
  std::string name;
  double factor;
};
static double horner(double *x, int n) {
  const char *names[] = {"delta", "alpha", "a long name that is kept on the heap", "beta", "charlie"};
  std::vector<Term> terms;
  for (int i = 0; i < 20; i++) terms.push_back({names[i % 5] + std::string(i / 5, 'x'), x[i % n] * std::cos(i)});
  std::sort(terms.begin(), terms.end(), [](const Term &a, const Term &b) { return a.name < b.name; });
  double s = 0;
  for (const auto &t : terms) s = s * 0.5 + t.factor * t.factor * t.name.size();
  return s;
}
int main() {
  double x[] = {0.9, 1.2, 0.7, -0.4, 0.3};
  CHECK_GRAD("sorted by name", horner, x, 5);
  return chk_exit();
}
