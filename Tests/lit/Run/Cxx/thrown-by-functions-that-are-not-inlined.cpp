// RUN: %check %s
/* What a call did is reversed only if it returned: an exception may have left it. */
#include "check.h"
#include <memory>
#include <stdexcept>
#include <vector>

static double product(const double *x, int k) {
  if (x[k] < 0) throw k;
  return k > 0 ? x[k] * product(x, k - 1) : x[0] * x[0];
}
static double caught_outside(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    try {
      s += product(x, i) * (i + 1);
    } catch (int k) {
      s += x[k] * x[k] * x[i];
    }
  }
  return s;
}

static double caught_on_each_level(double *x, int k) {
  if (k == 0) throw 5;
  try {
    return x[k] * caught_on_each_level(x, k - 1);
  } catch (int code) {
    if (k < 2) throw;
    return x[k] * x[k] * code;
  }
}
static double levels(double *x, int n) { return caught_on_each_level(x, n - 1); }

/* The call is the last thing in the loop: what it returns goes straight to where the loop is left. */
static double retried(double *x, int n) {
  for (int k = n - 1;;) {
    try {
      return product(x, k);
    } catch (int c) {
      x[c] *= -0.6;
    }
  }
}
static double shortened(double *x, int n) {
  for (int k = n - 1;; k--) {
    try {
      return product(x, k) * x[1];
    } catch (...) {
      if (k == 0) return x[0];
    }
  }
}

struct Curve {
  virtual ~Curve() = default;
  virtual double at(double t) const = 0;
};
struct Root : Curve {
  double at(double t) const override {
    if (t < 0) throw std::domain_error("root of a negative number");
    return std::sqrt(t);
  }
};
struct Inverse : Curve {
  double k;
  explicit Inverse(double k) : k(k) {}
  double at(double t) const override {
    if (t > 1) throw 3.0f;
    return k / (t + 2);
  }
};
static double curves(double *x, int n) {
  std::vector<std::unique_ptr<Curve>> list;
  list.push_back(std::make_unique<Root>());
  list.push_back(std::make_unique<Inverse>(x[0]));
  double s = 0;
  for (auto &c : list) {
    for (int i = 0; i < n; i++) {
      try {
        s += c->at(x[i]) * x[i];
      } catch (const std::domain_error &) {
        s += 3 * x[i] * x[i];
      } catch (...) {
        s *= x[i];
      }
    }
  }
  return s;
}

int main() {
  double x[] = {0.9, 1.2, 0.7, -0.4, 0.3};
  CHECK_GRAD("caught outside", caught_outside, x, 5);
  CHECK_GRAD("on each level", levels, x, 5);
  CHECK_GRAD("retried", retried, x, 5);
  CHECK_GRAD("shortened", shortened, x, 5);
  CHECK_GRAD("curves", curves, x, 5);
  return chk_exit();
}
