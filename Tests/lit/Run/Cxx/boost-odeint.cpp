// RUN: %check %s
// REQUIRES: has-boost
// LEVELS: -O0; -O2; opt -O2
#define CHECK_FD_TOL 1e-5
#include "check.h"
#include <array>
#include <boost/numeric/odeint.hpp>
#include <vector>
using namespace boost::numeric::odeint;
using State = std::vector<double>;
using Pair = std::array<double, 2>;
struct Lorenz {
  double s, r, b;
  void operator()(const State &x, State &d, double) const {
    d[0] = s * (x[1] - x[0]);
    d[1] = r * x[0] - x[1] - x[0] * x[2];
    d[2] = -b * x[2] + x[0] * x[1];
  }
};
static double constant_steps(double *x, int) {
  State y{x[0], x[1], 1.0};
  integrate_const(runge_kutta4<State>(), Lorenz{x[2], x[3], x[4]}, y, 0.0, 0.5, 0.05);
  return y[0] * y[1] + y[2];
}
static double controlled_steps(double *x, int) {
  Pair y{x[0], x[1]};
  auto swing = [&](const Pair &q, Pair &d, double t) {
    d[0] = q[1];
    d[1] = -x[2] * q[0] - x[3] * q[1] + x[4] * std::sin(t);
  };
  integrate_adaptive(make_controlled<runge_kutta_cash_karp54<Pair>>(1e-11, 1e-11), swing, y, 0.0, 2.0, 0.01);
  return y[0] * y[0] + y[1];
}
int main() {
  double x[] = {0.9, 1.2, 0.7, 0.4, 0.3};
  CHECK_GRAD("constant steps", constant_steps, x, 5);
  CHECK_GRAD("controlled steps", controlled_steps, x, 5);
  return chk_exit();
}
