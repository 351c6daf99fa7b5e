// RUN: %check %s
#include "check.h"
template <typename T> T square(T x) { return x * x; }
template <int N, typename T> struct Power { static T of(T x) { return x * Power<N - 1, T>::of(x); } };
template <typename T> struct Power<0, T> { static T of(T) { return 1; } };
template <typename T, typename F> T fold(const T *x, int n, T init, F f) { for (int i = 0; i < n; i++) init = f(init, x[i]); return init; }
template <typename T> struct Plus { T operator()(T a, T b) const { return a + square(b); } };
template <typename T> static double model(T *x, int n) { return fold(x, n, T(1), Plus<T>()) * Power<5, T>::of(x[0]); }
int main() {
  double x[] = {0.9, 1.2, -0.7};
  CHECK_GRAD("template", model<double>, x, 3);
  return chk_exit();
}
