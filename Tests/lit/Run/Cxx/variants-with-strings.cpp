// RUN: %check %s
// FLAGS: -std=c++17
#include "check.h"
#include <optional>
#include <string>
#include <variant>
#include <vector>
struct Circle { double r; };
struct Rect { double a, b; };
struct Named { std::string name; double area; };
using Shape = std::variant<Circle, Rect, Named>;
template <class... T> struct overloaded : T... { using T::operator()...; };
template <class... T> overloaded(T...) -> overloaded<T...>;
static double area(const Shape &s) {
  return std::visit(overloaded{[](const Circle &c) { return 3.14159 * c.r * c.r; }, [](const Rect &r) { return r.a * r.b; },
                               [](const Named &n) { return n.area * n.name.size(); }}, s);
}
static std::optional<double> safe_log(double v) { if (v > 0) return std::log(v); return std::nullopt; }
static double f(double *x, int n) {
  std::vector<Shape> shapes;
  shapes.push_back(Circle{x[0]});
  shapes.push_back(Rect{x[1], x[2]});
  shapes.push_back(Named{"a named shape with a long name, long enough", x[0] * x[2]});
  double s = 0;
  for (auto &sh : shapes) s += area(sh);
  for (int i = 0; i < n; i++) s += safe_log(x[i]).value_or(x[i] * 0.5);
  std::variant<double, int, std::string> v = x[0];
  s += std::get<double>(v);
  v = std::string("text");
  s += std::get<std::string>(v).size();
  v = x[1] * x[1];
  if (auto p = std::get_if<double>(&v)) s += *p * x[2];
  return s;
}
int main() {
  double x[] = {0.9, 1.2, 0.7};
  CHECK_GRAD("variant", f, x, 3);
  return chk_exit();
}
