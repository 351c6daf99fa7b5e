// RUN: %check %s
// FLAGS: -std=c++17
#include "check.h"
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>
static int depth;
struct Guard { double *slot, old; Guard(double *s, double v) : slot(s), old(*s) { *s = v; depth++; } ~Guard() { *slot = old; depth--; } };
struct NotPositive : std::domain_error { int index; NotPositive(int i) : std::domain_error("value " + std::to_string(i) + " is not positive"), index(i) {} };
static double checked_log(double v, int i) { if (v <= 0) throw NotPositive(i); return std::log(v); }
static double f(double *x, int n) {
  double scale = 1, s = 0;
  std::vector<double> logs;
  for (int i = 0; i < n; i++) {
    try {
      Guard g(&scale, 2.0 + x[0]);
      auto buffer = std::make_unique<double[]>(2);
      buffer[0] = x[i] * scale;
      buffer[1] = checked_log(x[i], i);
      logs.push_back(buffer[0] * buffer[1]);
    } catch (const NotPositive &e) {
      s += e.index * x[i] * x[i] * scale;
    } catch (...) {
      s = 1e9;
    }
  }
  for (double l : logs) s += l;
  try {
    std::vector<double> v(3, x[0]);
    s += v.at(n);
  } catch (const std::out_of_range &e) { s += x[1] * std::string(e.what()).empty(); s *= x[2]; }
  return s + depth;
}
int main() {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("raii", f, x, 4);
  return chk_exit();
}
