// RUN: %check %s
#include "check.h"
template <class D> struct Shape { double weighted(double w) const { return w * static_cast<const D *>(this)->area(); } };
struct Circle : Shape<Circle> { double r; explicit Circle(double r) : r(r) {} double area() const { return M_PI * r * r; } };
struct Named { int id; double offset; };
struct Box : Named, Shape<Box> { double a, b; Box(double a, double b) : Named{3, a * b}, a(a), b(b) {} double area() const { return a * b + offset; } };
static double f(double *x, int) {
  Circle c(x[0]);
  Box b(x[1], x[2]);
  const Named &n = b;
  double Box::*side = x[0] > 0 ? &Box::a : &Box::b;
  return c.weighted(x[1]) + b.weighted(x[0]) + n.offset * n.id + b.*side;
}
int main() {
  double x[] = {0.9, 1.2, 0.7};
  CHECK_GRAD("shapes", f, x, 3);
  return chk_exit();
}
