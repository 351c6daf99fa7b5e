// RUN: %check %s
// SANITIZE
#include "check.h"
#include <memory>
#include <vector>
/* What copies an object moves words; only other functions of its class show that they are numbers. */
struct Sides { double a[1]; };
struct Shape {
  virtual ~Shape() = default;
  virtual std::unique_ptr<Shape> clone() const = 0;
  virtual void copy(Shape *to) const = 0;
  virtual double area() const = 0;
};
struct Square : Shape {
  Sides s;
  explicit Square(double a) : s{{a}} {}
  std::unique_ptr<Shape> clone() const override { return std::make_unique<Square>(*this); }
  void copy(Shape *to) const override { static_cast<Square *>(to)->s = s; }
  double area() const override { return s.a[0] * s.a[0]; }
};
struct Disc : Shape {
  Sides s;
  explicit Disc(double a) : s{{a}} {}
  std::unique_ptr<Shape> clone() const override { return std::make_unique<Disc>(*this); }
  void copy(Shape *to) const override { static_cast<Disc *>(to)->s = s; }
  double area() const override { return 3.14 * s.a[0] * s.a[0]; }
};
static double f(double *x, int n) {
  std::vector<std::unique_ptr<Shape>> list, copies;
  for (int i = 0; i < n; i++) {
    if (i % 2) list.push_back(std::make_unique<Square>(x[i]));
    else list.push_back(std::make_unique<Disc>(x[i] * x[0]));
  }
  for (auto &p : list) copies.push_back(p->clone());
  list[0]->copy(copies[2].get());
  list[3]->copy(copies[1].get());
  double sum = 0;
  for (int i = 0; i < n; i++) sum += copies[i]->area() * (i + 1);
  return sum;
}
int main() {
  double x[5] = {0.3, 1.2, -0.7, 0.4, 2};
  CHECK_GRAD("clones", f, x, 5);
  return chk_exit();
}
