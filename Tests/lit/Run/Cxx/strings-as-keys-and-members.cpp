// RUN: %check %s
// FLAGS: -std=c++17
#include "check.h"
#include <map>
#include <unordered_map>
#include <string>
#include <vector>
struct Config { std::string name; double weight; std::vector<double> values; std::string unit; };
static double f(double *x, int n) {
  std::map<std::string, double> table;
  std::unordered_map<std::string, double> hashed;
  const char *names[] = {"mass", "length", "a very long name that does not fit into the object itself", "time"};
  for (int i = 0; i < n; i++) {
    table[names[i % 4]] += x[i] * x[i];
    hashed[std::string("key ") + names[i % 4]] = sin(x[i]);
  }
  double s = 0;
  for (auto &p : table) s += p.second * p.first.size();
  for (int i = 0; i < n; i++) s += hashed[std::string("key ") + names[i % 4]] * (i + 1);
  auto it = table.find("length");
  if (it != table.end()) s *= it->second;
  std::vector<Config> all;
  for (int i = 0; i < n; i++) {
    Config c;
    c.name = "config";
    c.name += std::to_string(i * 1000);
    c.weight = x[i];
    c.values.push_back(x[i] * 2);
    c.values.push_back(cos(x[i]));
    c.unit = "kg*m^2/s^2 with a long explanation of it";
    all.push_back(c);
  }
  for (const Config &c : all)
    for (double v : c.values) s += v * c.weight + (c.name.size() > 8) + c.unit.length();
  return s;
}
int main() {
  double x[] = {0.9, 1.2, -0.7, 0.3, 0.5};
  CHECK_GRAD("strings", f, x, 5);
  return chk_exit();
}
