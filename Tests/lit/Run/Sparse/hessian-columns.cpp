// RUN: %check %s
// A sparse Hessian: forward over reverse mode, where neither the direction nor the result is in memory.
#include "check.h"
#include <algorithm>
#include <vector>

extern int enzyme_dup, enzyme_const, enzyme_dupnoneed;
template <typename T, typename... A> T __enzyme_autodiff(void *, A...);
template <typename T, typename... A> T __enzyme_fwddiff(void *, A...);
template <typename T, typename... A> T __enzyme_todense(A...);

template <typename T> struct Triple {
  size_t row, column;
  T value;
};

template <typename T> static T unit(size_t offset, size_t i) { return offset / sizeof(T) == i ? 1 : 0; }
template <typename T> static void refused(T, size_t, size_t) { abort(); }
template <typename T> static T zero(size_t, size_t, std::vector<Triple<T>> &) { return 0; }
template <typename T> static void append(T value, size_t offset, size_t i, std::vector<Triple<T>> &list) {
  if (value != 0) list.push_back({offset / sizeof(T), i, value});
}

template <typename T> static T energy(size_t n, const T *x) {
  T sum = 0;
  for (size_t i = 0; i + 1 < n; i++) {
    T d = x[i + 1] - x[i] * x[i];
    sum += 100 * d * d + (1 - x[i]) * (1 - x[i]);
  }
  return sum;
}
template <typename T> static void gradient(size_t n, const T *x, T *out) {
  __enzyme_autodiff<void>((void *)energy<T>, enzyme_const, n, enzyme_dup, x, out);
}

template <typename T> static std::vector<Triple<T>> hessian(size_t n, T *x) {
  std::vector<Triple<T>> list;

  for (size_t i = 0; i < n; i++) {
    T *direction = __enzyme_todense<T *>((void *)unit<T>, (void *)refused<T>, i);
    T *column = __enzyme_todense<T *>((void *)zero<T>, (void *)append<T>, i, &list);
    __enzyme_fwddiff<void>((void *)gradient<T>, enzyme_const, n, enzyme_dup, x, direction, enzyme_dupnoneed, (T *)1, column);
  }

  return list;
}

template <typename T> static void check(const char *name, double tolerance) {
  const size_t n = 9;
  T x[n];
  for (size_t i = 0; i < n; i++) x[i] = T(0.25) + T(0.125) * T(i % 5);
  auto list = hessian<T>(n, x);
  std::sort(list.begin(), list.end(), [](auto &a, auto &b) { return a.row != b.row ? a.row < b.row : a.column < b.column; });
  EXPECT("entries", list.size(), 3 * n - 2);
  for (auto &t : list) {
    double want = 0;
    if (t.row == t.column) {
      if (t.row + 1 < n) want += 1200.0 * x[t.row] * x[t.row] - 400.0 * x[t.row + 1] + 2;
      if (t.row > 0) want += 200;
    } else {
      want = -400.0 * x[std::min(t.row, t.column)];
    }
    EXPECT_TOL(name, t.value, want, tolerance);
  }
}

int main() {
  check<double>("double", 1e-12);
  check<float>("float", 1e-4);
  return chk_exit();
}
