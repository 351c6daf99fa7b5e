// RUN: %check %s
// FLAGS: -std=c++17
#include "check.h"
#include <array>
#include <initializer_list>
#include <cassert>
#include <utility>
template <class E> struct Expr { double operator[](int i) const { return static_cast<const E &>(*this)[i]; } int size() const { return static_cast<const E &>(*this).size(); } };
struct Vec : Expr<Vec> {
  double *p; int n;
  explicit Vec(int n) : p(new double[n]()), n(n) {}
  Vec(const Vec &o) : p(new double[o.n]), n(o.n) { for (int i = 0; i < n; i++) p[i] = o.p[i]; }
  Vec(Vec &&o) noexcept : p(std::exchange(o.p, nullptr)), n(std::exchange(o.n, 0)) {}
  template <class E> Vec(const Expr<E> &e) : Vec(e.size()) { for (int i = 0; i < n; i++) p[i] = e[i]; }
  Vec &operator=(Vec o) { std::swap(p, o.p); std::swap(n, o.n); return *this; }
  ~Vec() { delete[] p; }
  double operator[](int i) const { return p[i]; }
  double &operator[](int i) { return p[i]; }
  int size() const { return n; }
};
template <class A, class B> struct Sum : Expr<Sum<A, B>> { const A &a; const B &b; Sum(const A &a, const B &b) : a(a), b(b) {} double operator[](int i) const { return a[i] + b[i]; } int size() const { return a.size(); } };
template <class A, class B> struct Prod : Expr<Prod<A, B>> { const A &a; const B &b; Prod(const A &a, const B &b) : a(a), b(b) {} double operator[](int i) const { return a[i] * b[i]; } int size() const { return a.size(); } };
template <class A> struct Scaled : Expr<Scaled<A>> { double k; const A &a; Scaled(double k, const A &a) : k(k), a(a) {} double operator[](int i) const { return k * a[i]; } int size() const { return a.size(); } };
template <class A, class B> Sum<A, B> operator+(const Expr<A> &a, const Expr<B> &b) { return {static_cast<const A &>(a), static_cast<const B &>(b)}; }
template <class A, class B> Prod<A, B> operator*(const Expr<A> &a, const Expr<B> &b) { return {static_cast<const A &>(a), static_cast<const B &>(b)}; }
template <class A> Scaled<A> operator*(double k, const Expr<A> &a) { return {k, static_cast<const A &>(a)}; }
static double f(double *x, int n) {
  Vec a(n), b(n);
  for (int i = 0; i < n; i++) { a[i] = x[i]; b[i] = std::cos(x[i]); }
  Vec c = a + 2.0 * (a * b) + b * b;
  c = c + a;
  Vec d = std::move(c);
  double s = 0;
  for (int i = 0; i < d.size(); i++) s += d[i] * (i + 1);
  return s;
}
template <int R, int C> struct Mat {
  std::array<double, R * C> v{};
  Mat() = default;
  Mat(std::initializer_list<double> l) { int k = 0; for (double d : l) v[k++] = d; }
  double &operator()(int i, int j) { return v[i * C + j]; }
  double operator()(int i, int j) const { return v[i * C + j]; }
  static Mat identity() { Mat m; for (int i = 0; i < R; i++) m(i, i) = 1; return m; }
  Mat &operator+=(const Mat &o) { for (int i = 0; i < R * C; i++) v[i] += o.v[i]; return *this; }
  Mat &operator*=(double k) { for (double &d : v) d *= k; return *this; }
};
template <int R, int C> Mat<R, C> operator+(Mat<R, C> a, const Mat<R, C> &b) { a += b; return a; }
template <int R, int C> Mat<R, C> operator-(Mat<R, C> a, const Mat<R, C> &b) { for (int i = 0; i < R * C; i++) a.v[i] -= b.v[i]; return a; }
template <int R, int K, int C> Mat<R, C> operator*(const Mat<R, K> &a, const Mat<K, C> &b) { Mat<R, C> m; for (int i = 0; i < R; i++) for (int j = 0; j < C; j++) for (int k = 0; k < K; k++) m(i, j) += a(i, k) * b(k, j); return m; }
template <int R, int C> Mat<C, R> transpose(const Mat<R, C> &a) { Mat<C, R> m; for (int i = 0; i < R; i++) for (int j = 0; j < C; j++) m(j, i) = a(i, j); return m; }
static Mat<2, 2> inverse(const Mat<2, 2> &a) { double d = a(0, 0) * a(1, 1) - a(0, 1) * a(1, 0); Mat<2, 2> m{a(1, 1), -a(0, 1), -a(1, 0), a(0, 0)}; m *= 1 / d; return m; }
static double kalman(double *x, int n) {
  Mat<2, 1> state{x[0], x[1]};
  Mat<2, 2> P = Mat<2, 2>::identity();
  Mat<2, 2> F{1, 0.1, -0.1 * x[2], 1 - 0.05}, Q{0.01, 0, 0, x[0] * x[0]};
  Mat<1, 2> H{1, 0};
  double ll = 0;
  for (int k = 0; k < 5; k++) {
    state = F * state;
    P = F * P * transpose(F) + Q;
    double z = std::sin(0.3 * k), y = z - (H * state)(0, 0), S = (H * P * transpose(H))(0, 0) + x[3] * x[3];
    Mat<2, 1> K = P * transpose(H); K *= 1 / S;
    Mat<2, 1> up = K; up *= y;
    state += up;
    P = (Mat<2, 2>::identity() - K * H) * P;
    ll -= 0.5 * (y * y / S + std::log(S));
  }
  Mat<2, 2> inv = inverse(P);
  return ll + inv(0, 0) * state(1, 0);
}
struct Quat { double w, x, y, z; };
static Quat operator*(const Quat &a, const Quat &b) { return {a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z, a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y, a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x, a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w}; }
static Quat normalize(Quat q) { double n = std::sqrt(q.w * q.w + q.x * q.x + q.y * q.y + q.z * q.z); return {q.w / n, q.x / n, q.y / n, q.z / n}; }
static Quat axis(double a, double b, double c, double angle) { double s = std::sin(angle / 2); return normalize({std::cos(angle / 2), a * s, b * s, c * s}); }
static double quaternion(double *x, int n) {
  Quat q = axis(x[0], x[1], x[2], x[3]), p{0, 1, x[0], -1};
  for (int i = 0; i < 3; i++) q = normalize(q * axis(x[1], 0.1, x[3], 0.2 * i));
  Quat r = q * p * Quat{q.w, -q.x, -q.y, -q.z};
  return r.x + 2 * r.y * r.z;
}
template <class D> struct Integrator { double run(double y, double h, int n) { for (int i = 0; i < n; i++) y = static_cast<D *>(this)->step(y, h); return y; } };
struct Euler : Integrator<Euler> { double k; Euler(double k) : k(k) {} double step(double y, double h) { return y - h * k * y; } };
struct Heun : Integrator<Heun> { double k; Heun(double k) : k(k) {} double step(double y, double h) { double p = y - h * k * y; return y - 0.5 * h * k * (y + p); } };
static double crtp(double *x, int n) { return Euler(x[0]).run(x[1], 0.1, 4) * Heun(x[2]).run(x[3], 0.1, 3); }
int main() {
  double x[] = {0.9, 1.2, -0.7, 0.4};
  CHECK_GRAD("expression templates", f, x, 4);
  CHECK_GRAD("kalman", kalman, x, 4);
  CHECK_GRAD("quaternion", quaternion, x, 4);
  CHECK_GRAD("crtp", crtp, x, 4);
  return chk_exit();
}
