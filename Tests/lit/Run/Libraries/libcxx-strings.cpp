// REQUIRES: has-libcxx
// RUN: %check %s
// FLAGS: -stdlib=libc++
// LIBS: -stdlib=libc++
// SANITIZE
#include "check.h"
#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>
/* Short strings lie where long ones have their pointers. */
struct Record {
  std::string name;
  double v;
};
static double records(double *x, int n) {
  std::vector<Record> r;
  for (int i = 0; i < n; i++)
    r.push_back({"name" + std::to_string(n - i) + (i % 2 ? " and a tail that makes it a long one" : ""), x[i] * x[i]});
  std::sort(r.begin(), r.end(), [](const Record &a, const Record &b) { return a.name < b.name; });
  double s = 0;
  for (size_t i = 0; i < r.size(); i++) s += r[i].v * (i + 1) * (r[i].name.size() > 7 ? 2 : 1);
  return s;
}
static double keys(double *x, int n) {
  std::map<std::string, double> m;
  std::unordered_map<std::string, double> u;
  m["alpha"] = x[0];
  m["a rather long key that is on the heap"] = x[1] * x[2];
  m.insert({"delta", x[2]});
  for (int i = 0; i < n; i++) u["key number " + std::to_string(i % 3) + " of some length"] += x[i] * x[i];
  u["b"] = x[0];
  double s = u["b"];
  for (int i = 0; i < 3; i++) s += u["key number " + std::to_string(i) + " of some length"] * (i + 1);
  for (auto &p : m) s = s * 1.1 + p.second * p.first.size();
  return s + m.at("alpha");
}
using Value = std::variant<double, std::string, int>;
static double number(const Value &v) {
  if (auto *d = std::get_if<double>(&v)) return *d;
  if (auto *t = std::get_if<std::string>(&v)) return t->size();
  return std::get<int>(v);
}
static double variants(double *x, int n) {
  Value a = x[0] * x[1], b = std::string("hello"), c = 3;
  std::ostringstream log;
  double s = number(a) * number(b) + number(c) * x[2];
  log << "so far " << s << '\n';
  b = x[3];
  return s * number(b) * (log.str().size() > 3 ? 2 : 1);
}
int main() {
  double x[5] = {0.3, 1.2, -0.7, 0.4, 2};
  CHECK_GRAD("records", records, x, 5);
  CHECK_GRAD("keys", keys, x, 5);
  CHECK_GRAD("variants", variants, x, 5);
  return chk_exit();
}
