// RUN: %check %s
#include "check.h"
template <class E> struct Expr { const E &self() const { return static_cast<const E &>(*this); } };
template <class A, class B> struct Sum : Expr<Sum<A, B>> { const A &a; const B &b; Sum(const A &a, const B &b) : a(a), b(b) {} double operator[](int i) const { return a[i] + b[i]; } };
template <class A, class B> struct Mul : Expr<Mul<A, B>> { const A &a; const B &b; Mul(const A &a, const B &b) : a(a), b(b) {} double operator[](int i) const { return a[i] * b[i]; } };
struct Vec : Expr<Vec> {
  double d[4];
  explicit Vec(const double *p) { for (int i = 0; i < 4; i++) d[i] = p[i]; }
  template <class E> Vec &operator=(const Expr<E> &e) { for (int i = 0; i < 4; i++) d[i] = e.self()[i]; return *this; }
  double operator[](int i) const { return d[i]; }
};
template <class A, class B> Sum<A, B> operator+(const Expr<A> &a, const Expr<B> &b) { return {a.self(), b.self()}; }
template <class A, class B> Mul<A, B> operator*(const Expr<A> &a, const Expr<B> &b) { return {a.self(), b.self()}; }
template <class E> static double sum(const Expr<E> &e) { double s = 0; for (int i = 0; i < 4; i++) s += e.self()[i]; return s; }
static double f(double *x, int) {
  Vec a(x), b(x + 4), c(x);
  c = a * b + a;
  a = c * c + b * a;
  return sum(a * c + b);
}
int main() {
  double x[] = {0.9, 1.2, -0.7, 0.4, 1.1, -0.3, 0.5, 0.2};
  CHECK_GRAD("expressions", f, x, 8);
  return chk_exit();
}
