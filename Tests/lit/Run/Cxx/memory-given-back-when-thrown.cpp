// RUN: %check %s
// SANITIZE
/* What a derivative has allocated is given back when an exception leaves it. */
#include "check.h"
#include <stdexcept>
#include <vector>

/* Kept in the arena: values of a loop and the frames of a callee; freed memory too. */
__attribute__((noinline)) static double chain(const double *x, int k, double s) {
  if (s > 1000) throw std::domain_error("too large");
  return k > 0 ? s * chain(x, k - 1, s * x[k]) : s;
}
static double whole(double *x, int n) {
  std::vector<double> y(x, x + n);
  double s = 0;
  for (int r = 0; r < 300; r++)
    for (double &v : y) v += 0.001 * v * v;
  for (int i = 0; i < n; i++) s += chain(y.data(), n - 1, y[i]);
  return s;
}

extern "C" void __nabla_reverse_v(void *, ...);

struct Model {
  virtual ~Model() = default;
  virtual double at(double t) const = 0;
};
struct Cube : Model {
  double k;
  explicit Cube(double k) : k(k) {}
  double at(double t) const override {
    double s = 1;
    while (s < 40 + k) s *= t;
    if (t > 3) throw std::domain_error("outside");
    return s * k;
  }
};
static double models(double *x, int n) {
  Cube c(x[0]);
  Model *volatile m = &c;
  double s = 0;
  for (int i = 1; i < n; i++) s += m->at(x[i]) * x[0];
  return s;
}

/* Caught inside, but for exceptions of other types; and the loop that begins anew. */
static double retried(double *x, int n) {
  for (int k = n - 1;; k--) {
    try {
      return chain(x, k, x[k]) * x[0];
    } catch (const std::range_error &) {
      return 0;
    } catch (const std::domain_error &) {
      if (k == 0) throw;
    }
  }
}

typedef double function(double *, int);
template <function *f> static double outcome(double *x, int n) {
  double dx[8] = {0};
  try {
    AD_DO(__nabla_autodiff_d((void *)f, nabla_dup, x, dx, nabla_const, n), f(x, n));
    return 0;
  } catch (const std::domain_error &) {
    return -1;
  }
}
template <function *f> static double outcome_split(double *x, int n) {
  double dx[8] = {0};
  try {
    AD_DO(
      chk_taped t = __nabla_augmentfwd_d((void *)f, nabla_dup, x, dx, nabla_const, n);
      __nabla_reverse_v((void *)f, nabla_dup, x, dx, nabla_const, n, 1.0, t.tape), f(x, n));
    return 0;
  } catch (const std::domain_error &) {
    return -1;
  }
}

int main() {
  double x[] = {1.5, 1.2, 1.7, 1.4, 1.3}, wrong[] = {1.5, 1.2, 5.7, 4.4, 3.3}, huge[] = {2e3, 2e3, 2e3, 2e3, 2e3};
  CHECK_GRAD("whole", whole, x, 5);
  CHECK_GRAD("models", models, x, 5);
  CHECK_GRAD("retried", retried, x, 5);
  EXPECT("whole, thrown", outcome<whole>(wrong, 5), -1);
  EXPECT("models, thrown", outcome<models>(wrong, 5), -1);
  EXPECT("retried, thrown", outcome<retried>(huge, 5), -1);
  EXPECT("whole, thrown between halves", outcome_split<whole>(wrong, 5), -1);
  EXPECT("models, thrown between halves", outcome_split<models>(wrong, 5), -1);
  return chk_exit();
}
