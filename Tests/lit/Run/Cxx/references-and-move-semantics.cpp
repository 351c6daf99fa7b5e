// RUN: %check %s
// SANITIZE
#include "check.h"
#include <utility>
class Buffer {
  int n;
  double *p;
public:
  explicit Buffer(int n) : n(n), p(new double[n]()) {}
  Buffer(const Buffer &o) : Buffer(o.n) { for (int i = 0; i < n; i++) p[i] = o.p[i]; }
  Buffer(Buffer &&o) noexcept : n(o.n), p(std::exchange(o.p, nullptr)) {}
  Buffer &operator=(Buffer o) noexcept { std::swap(n, o.n); std::swap(p, o.p); return *this; }
  ~Buffer() { delete[] p; }
  double &at(int i) { return p[i]; }
  double at(int i) const { return p[i]; }
};
static void scale(Buffer &b, const double &by, int n) { for (int i = 0; i < n; i++) b.at(i) *= by; }
static Buffer doubled(Buffer b, int n) { scale(b, 2, n); return b; }
static double f(double *x, int n) {
  Buffer a(n), c(1);
  for (int i = 0; i < n; i++) a.at(i) = x[i] * x[i];
  Buffer b = doubled(a, n);
  c = std::move(a);
  scale(b, c.at(0), n);
  double &first = b.at(0);
  first += b.at(1);
  return first * c.at(n - 1) + b.at(n - 1);
}
int main() {
  double x[] = {0.9, 1.2, -0.7};
  CHECK_GRAD("buffer", f, x, 3);
  return chk_exit();
}
