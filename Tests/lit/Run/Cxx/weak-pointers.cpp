// RUN: %check %s
#include "check.h"
#include <memory>
#include <vector>
struct Body { double m, pos[2], vel[2]; Body(double m, double a, double b) : m(m), pos{a, b}, vel{0, 0} {} virtual ~Body() = default; virtual double drag() const { return 0.1; } };
struct Heavy : Body { double extra; Heavy(double m, double a, double b, double e) : Body(m, a, b), extra(e) {} double drag() const override { return 0.2 * extra; } };
static double g(double *x, int n) {
  std::vector<std::shared_ptr<Body>> bodies;
  bodies.push_back(std::make_shared<Body>(x[0], 0.0, 1.0));
  bodies.push_back(std::make_shared<Heavy>(x[1], 1.0, x[2], x[0]));
  double s = 0;
  std::weak_ptr<Body> w = bodies[1];
  if (auto p = w.lock()) s += p->pos[0] * p->pos[1];
  for (auto &b : bodies) s += b->m*b->drag();
  return s;
}
int main() {
  double x[] = {0.9, 1.2, -0.7};
  CHECK_GRAD("bodies", g, x, 3);
  return chk_exit();
}
