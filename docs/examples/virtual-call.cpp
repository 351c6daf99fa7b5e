// C++: calls through a base class. Which function runs is found out at run time, and so is its derivative.
//
//   clang++-19 -O2 -fpass-plugin=libNabla.so virtual-call.cpp -o virtual-call
#include <cmath>
#include <cstdio>

struct Spring {
  double stiffness;
  explicit Spring(double k) : stiffness(k) {}
  virtual ~Spring() = default;
  virtual double energy(double x) const = 0;
};
struct Linear : Spring {
  using Spring::Spring;
  double energy(double x) const override { return 0.5 * stiffness * x * x; }
};
struct Hardening : Spring {
  using Spring::Spring;
  double energy(double x) const override { return 0.25 * stiffness * x * x * x * x; }
};

static double total(const Spring *const *springs, int n, double x) {
  double sum = 0;
  for (int i = 0; i < n; i++) sum += springs[i]->energy(x);
  return sum;
}

extern int nabla_const, nabla_dup;
double __nabla_autodiff(void *, ...);

int main() {
  Linear a(3);
  Hardening b(2);
  const Spring *springs[] = {&a, &b, &a};
  // Shadows are objects of the same classes: their numbers are adjoints, their virtual tables are needed too.
  Linear da(0);
  Hardening db(0);
  const Spring *dsprings[] = {&da, &db, &da};

  const double x = 1.5;
  const double force = __nabla_autodiff((void *)total, nabla_dup, springs, dsprings, nabla_const, 3, x);

  const double exact = 2 * a.stiffness * x + b.stiffness * x * x * x;
  std::printf("energy %.6f, force %.6f, by hand %.6f\n", total(springs, 3, x), force, exact);
  std::printf("by stiffness %.6f %.6f, by hand %.6f %.6f\n", da.stiffness, db.stiffness, x * x, x * x * x * x / 4);
  return std::fabs(force - exact) + std::fabs(da.stiffness - x * x) < 1e-12 ? 0 : 1;
}
