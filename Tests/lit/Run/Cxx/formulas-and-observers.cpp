// RUN: %check %s
/* Two programs with callables of their own in one file: each is differentiated as if it were alone. */
#include "check.h"
#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>
// A spreadsheet: cells with formulas over other cells, cached values, dependency order.
class Sheet {
  struct Cell { std::function<double(const Sheet &)> formula; double value = 0; bool dirty = true; };
  mutable std::map<std::string, Cell> cells;
public:
  void set(const std::string &n, double v) { cells[n].formula = [v](const Sheet &) { return v; }; touch(); }
  void set(const std::string &n, std::function<double(const Sheet &)> f) { cells[n].formula = std::move(f); touch(); }
  double get(const std::string &n) const { auto it = cells.find(n); if (it == cells.end()) return 0; Cell &c = it->second; if (c.dirty) { c.value = c.formula(*this); c.dirty = false; } return c.value; }
  void touch() { for (auto &kv : cells) kv.second.dirty = true; }
};
static double sheet(double *x, int n) {
  Sheet s; s.set("a1", x[0]); s.set("a2", x[1]); s.set("b1", [](const Sheet &s) { return s.get("a1") * s.get("a2"); });
  double k = x[2]; s.set("b2", [k](const Sheet &s) { return std::sin(s.get("b1")) + k * s.get("a1"); });
  double r = s.get("b2"); s.set("a1", r * 0.5); return s.get("b2") * r + s.get("missing");
}
// Event queue with observers.
struct Event { double time; int kind; std::shared_ptr<double> payload; bool operator<(const Event &o) const { return time > o.time; } };
class Bus { std::unordered_map<int, std::vector<std::function<void(const Event &)>>> subs; public: void on(int k, std::function<void(const Event &)> f) { subs[k].push_back(std::move(f)); } void fire(const Event &e) const { auto it = subs.find(e.kind); if (it != subs.end()) for (auto &f : it->second) f(e); } };
static double events(double *x, int n) {
  Bus bus; double total = 0, weighted = 0; std::vector<Event> q;
  bus.on(0, [&](const Event &e) { total += *e.payload * e.time; });
  bus.on(1, [&](const Event &e) { weighted += *e.payload * total; if (e.time < 2) { q.push_back({e.time + 1, 0, std::make_shared<double>(*e.payload * 0.5)}); std::push_heap(q.begin(), q.end()); } });
  for (int i = 0; i < n; i++) { q.push_back({x[i] + 0.1 * i, i % 2, std::make_shared<double>(x[i] * x[i])}); std::push_heap(q.begin(), q.end()); }
  while (!q.empty()) { std::pop_heap(q.begin(), q.end()); Event e = q.back(); q.pop_back(); bus.fire(e); }
  return total + weighted;
}
int main() {
  double x[] = {0.3, 0.9, 0.45, 0.7, 0.21, 0.62};
  CHECK_GRAD("sheet", sheet, x, 3);
  CHECK_GRAD("events", events, x, 6);
  return chk_exit();
}
