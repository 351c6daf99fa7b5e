// RUN: %check %s
// FLAGS: -std=c++17
#include "check.h"
#include <iostream>
#include <sstream>
#include <iomanip>
#include <string>
#include <vector>
#include <fstream>
class Logger {
  std::vector<std::string> lines;
  std::ostringstream current;
  int level;
public:
  explicit Logger(int l) : level(l) {}
  template <class T> Logger &operator<<(const T &v) { current << v; return *this; }
  void end() { lines.push_back(current.str()); current.str(""); }
  size_t size() const { size_t n = 0; for (auto &l : lines) n += l.size() > 0; return n; }
};
static double newton(double a, Logger &log) {
  double x = a;
  for (int i = 0; i < 6; i++) {
    double r = x * x - a;
    log << "iteration " << i << " x = " << x << " residual " << std::setprecision(3) << r;
    log.end();
    x -= r / (2 * x);
  }
  return x;
}
static double f(double *x, int n) {
  Logger log(2);
  std::ostringstream os;
  double s = 0;
  for (int i = 0; i < n; i++) {
    double y = newton(x[i], log);
    os << std::fixed << "y[" << i << "] = " << y << std::endl;
    s += y * (i + 1);
  }
  std::string text = os.str();
  std::ofstream out("/dev/null");
  out << text << s << "\n";
  if (text.empty()) s = 0;
  std::cerr.flush();
  return s * log.size();
}
int main() {
  double x[] = {0.9, 1.2, 3.7};
  CHECK_GRAD("log", f, x, 3);
  return chk_exit();
}
