// RUN: %check %s
// FLAGS: -std=c++17
#include "check.h"
#include <string>
#include <sstream>
#include <vector>
#include <cstdlib>
static std::vector<std::string> split(const std::string &s, char by) {
  std::vector<std::string> parts;
  std::string::size_type from = 0, to;
  while ((to = s.find(by, from)) != std::string::npos) {
    parts.push_back(s.substr(from, to - from));
    from = to + 1;
  }
  parts.push_back(s.substr(from));
  return parts;
}
struct Term { char op; double coefficient; int power; std::string text; };
static double f(double *x, int n) {
  std::string program = "3.5*1,2.25*2,-1e-1*3,0.5*0";
  std::vector<Term> terms;
  for (const auto &part : split(program, ',')) {
    auto pieces = split(part, '*');
    Term t;
    t.op = '+';
    t.coefficient = std::stod(pieces[0]);
    t.power = std::stoi(pieces[1]);
    t.text = part;
    terms.push_back(t);
  }
  double s = 0;
  for (int i = 0; i < n; i++)
    for (auto &t : terms) {
      double p = t.coefficient * x[0];
      for (int k = 0; k < t.power; k++) p *= x[i];
      s += p;
    }
  std::istringstream in("1.5 2.5 3.5");
  double v;
  int k = 0;
  while (in >> v) s += v * x[k++ % n];
  return s;
}
int main() {
  double x[] = {0.9, 1.2, -0.7};
  CHECK_GRAD("parse", f, x, 3);
  return chk_exit();
}
