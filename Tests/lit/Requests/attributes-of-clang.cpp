// Attributes that an unmodified clang does not know, of functions and variables that are defined here and that are
// not, in the syntax of GNU and of C++: `clang -fplugin=` with the plugin teaches them.
// REQUIRES: clang-plugin
// RUN: %clangplain -O0 -fplugin=%plugin %s -o %t.0 && %t.0
// RUN: %clangplain -O2 -fplugin=%plugin %s -o %t.2 && %t.2
// Entered on both ways the pass still runs once.
// RUN: %clangplain -O2 -fplugin=%plugin -fpass-plugin=%plugin %s -o %t.3 && %t.3
// What was said of declarations is in the module for a later run of opt.
// RUN: %clangplain -O1 -fplugin=%plugin -fno-discard-value-names -DDEFINED=0 -Xclang -disable-llvm-passes -emit-llvm -c %s -o %t.bc
// RUN: %clangplain -O1 -fplugin=%plugin -DDEFINED=1 -c %s -o %t.other.o
// RUN: %clangplain -O1 -fplugin=%plugin -DDEFINED=0 -c %s -o %t.o && %clangplain %t.o %t.other.o -o %t.4 && %t.4
//
// RUN: %not %clangplain -fplugin=%plugin -DMISTAKE -fsyntax-only %s 2>&1 | %filecheck %s
#include <cmath>
#include <cstdio>
#ifndef DEFINED
#define DEFINED 2
#endif

template <class R, class... A>
R __nabla_autodiff(void *, A...);

extern "C" {
[[nabla::inactive]] double noise(double);
__attribute__((enzyme_inactive)) extern double scale;
__attribute__((enzyme_function_like("log1p"))) double logarithm(double x);
#if __clang_major__ > 16
[[enzyme::function_like("sin")]] double wave(double x);
[[nabla_function_like("cos")]] double other_wave(double x);
#else // which drops the arguments of attributes in this syntax that it doesn't know by itself
__attribute__((enzyme_function_like("sin"))) double wave(double x);
__attribute__((nabla_function_like("cos"))) double other_wave(double x);
#endif
}

namespace table {
template <class T>
struct Weights {
  [[enzyme::inactive]] static T at(T);
};
} // namespace table

#if DEFINED != 0
double noise(double) { return 2; }
double scale = 5;
// Not what they are like, so that a derivative of the body would show.
double logarithm(double) { return 3; }
double wave(double) { return 4; }
double other_wave(double) { return 6; }
template <>
double table::Weights<double>::at(double) {
  return 7;
}
#else
extern template struct table::Weights<double>;
#endif

#if DEFINED != 1
[[gnu::noinline, nabla::inactive]] static double local(double x) { return x * 3; }

static double f(double x) {
  return logarithm(x) * noise(x) * scale + wave(x) * table::Weights<double>::at(x) + other_wave(x) + local(x);
}

int main() {
  double x = 0.5, slope = __nabla_autodiff<double>((void *)f, x);
  double expected = 2 * 5 / (1 + x) + 7 * std::cos(x) - std::sin(x);
  std::printf("%.17g, expected %.17g\n", slope, expected);
  return std::fabs(slope - expected) > 1e-12;
}
#endif

#ifdef MISTAKE
// CHECK: error: nabla: 'nabla_function_like' names a function of <math.h>, as in nabla_function_like("log1p")
__attribute__((nabla_function_like())) double nameless(double);
// CHECK: warning: nabla: 'inactive' has no effect here; it belongs to functions and variables
struct [[nabla::inactive]] Structure {};
#endif
