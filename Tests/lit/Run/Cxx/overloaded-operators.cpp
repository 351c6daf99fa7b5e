// RUN: %check %s
#include "check.h"
class Vec3 {
  double c[3];
public:
  Vec3(double a, double b, double d) : c{a, b, d} {}
  double &operator[](int i) { return c[i]; }
  double operator[](int i) const { return c[i]; }
  Vec3 &operator+=(const Vec3 &o) { for (int i = 0; i < 3; i++) c[i] += o.c[i]; return *this; }
  friend Vec3 operator+(Vec3 a, const Vec3 &b) { return a += b; }
  friend Vec3 operator*(double s, const Vec3 &a) { return {s * a.c[0], s * a.c[1], s * a.c[2]}; }
  friend double operator*(const Vec3 &a, const Vec3 &b) { return a.c[0] * b.c[0] + a.c[1] * b.c[1] + a.c[2] * b.c[2]; }
  friend Vec3 operator^(const Vec3 &a, const Vec3 &b) { return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]}; }
  double norm() const { return std::sqrt(*this * *this); }
};
static double f(double *x, int) {
  Vec3 a(x[0], x[1], x[2]), b(x[3], x[4], x[5]);
  Vec3 c = a + 2.0 * (a ^ b);
  c += (a * b) * b;
  c[1] = c[0] * c[2];
  return c.norm() + c * a;
}
int main() {
  double x[] = {0.9, 1.2, -0.7, 0.4, 1.0, 0.3};
  CHECK_GRAD("vec3", f, x, 6);
  return chk_exit();
}
