// Elementary functions of complex numbers, for derivatives by complex steps. They are the C library's, so that nothing here
// depends on the rules that are checked with them.
#include <cmath>
#include <complex>
#include <cstring>
#include <malloc.h>
#include <nabla_tool.h>

using Number = std::complex<double>;
using Unary = Number (*)(Number);

namespace {

struct Entry {
  const char *name;
  Unary function;
};

const Entry unary[] = {
    {"sqrt", [](Number z) { return std::sqrt(z); }},
    {"exp", [](Number z) { return std::exp(z); }},
    {"exp2", [](Number z) { return std::exp(z * M_LN2); }},
    {"exp10", [](Number z) { return std::exp(z * M_LN10); }},
    {"pow10", [](Number z) { return std::exp(z * M_LN10); }},
    {"expm1", [](Number z) { return std::exp(z) - 1.0; }},
    {"log", [](Number z) { return std::log(z); }},
    {"log2", [](Number z) { return std::log(z) / M_LN2; }},
    {"log10", [](Number z) { return std::log(z) / M_LN10; }},
    {"log1p", [](Number z) { return std::log(1.0 + z); }},
    {"sin", [](Number z) { return std::sin(z); }},
    {"cos", [](Number z) { return std::cos(z); }},
    {"tan", [](Number z) { return std::tan(z); }},
    {"asin", [](Number z) { return std::asin(z); }},
    {"acos", [](Number z) { return std::acos(z); }},
    {"atan", [](Number z) { return std::atan(z); }},
    {"sinh", [](Number z) { return std::sinh(z); }},
    {"cosh", [](Number z) { return std::cosh(z); }},
    {"tanh", [](Number z) { return std::tanh(z); }},
    {"asinh", [](Number z) { return std::asinh(z); }},
    {"acosh", [](Number z) { return std::acosh(z); }},
    {"atanh", [](Number z) { return std::atanh(z); }},
    {"cbrt", [](Number z) { return z.real() < 0 ? -std::pow(-z, 1.0 / 3) : std::pow(z, 1.0 / 3); }},
};

Number power(Number z, Number w) {
  if (z.real() < 0 && w.imag() == 0 && w.real() == std::trunc(w.real())) {
    Number r = std::exp(w * std::log(-z));
    return std::fmod(w.real(), 2) == 0 ? r : -r;
  }
  return std::exp(w * std::log(z));
}

/// The angle of (x, y), up to a constant.
Number angle(Number y, Number x) { return std::abs(x) >= std::abs(y) ? std::atan(y / x) : -std::atan(x / y); }

struct BinaryEntry {
  const char *name;
  Number (*function)(Number, Number);
  /// Is the real part the function itself?
  bool isWhole;
};

const BinaryEntry binary[] = {
    {"pow", power, true},
    {"powi", power, true},
    {"atan2", angle, false},
    {"hypot", [](Number x, Number y) { return std::sqrt(x * x + y * y); }, true},
    {"fmod", [](Number x, Number y) { return x - std::trunc(x.real() / y.real()) * y; }, true},
    {"remainder", [](Number x, Number y) { return x - std::nearbyint(x.real() / y.real()) * y; }, true},
    {"fdim", [](Number x, Number y) { return x.real() > y.real() ? x - y : Number(0); }, true},
    {"fmax", [](Number x, Number y) { return x.real() >= y.real() ? x : y; }, true},
    {"fmin", [](Number x, Number y) { return x.real() <= y.real() ? x : y; }, true},
    {"copysign", [](Number x, Number y) { return std::signbit(x.real()) == std::signbit(y.real()) ? x : -x; }, true},
    {"ldexp", [](Number x, Number n) { return x * std::exp2(n.real()); }, true},
};

constexpr int unaryCount = sizeof unary / sizeof *unary;
constexpr int binaryCount = sizeof binary / sizeof *binary;

} // namespace

int nablaComplexFunction(const char *name) {
  for (int i = 0; i < unaryCount; i++)
    if (!strcmp(unary[i].name, name)) return i;
  for (int i = 0; i < binaryCount; i++)
    if (!strcmp(binary[i].name, name)) return unaryCount + i;
  return -1;
}

int nablaComplexOperands(int function) { return function < unaryCount ? 1 : 2; }

double nablaComplexImaginary(int function, double x, double xi, double y, double yi, double real) {
  bool isUnary = function < unaryCount;
  Number found = isUnary ? unary[function].function(Number(x, xi))
                         : binary[function - unaryCount].function(Number(x, xi), Number(y, yi));
  // On another branch than the real function, or out of range.
  bool isWhole = isUnary || binary[function - unaryCount].isWhole;
  if (isWhole && !(std::abs(found.real() - real) <= 1e-5 * std::abs(real) + 1e-9)) return NAN;
  return found.imag();
}

long nablaAllocatedSize(const void *memory) { return static_cast<long>(malloc_usable_size(const_cast<void *>(memory))); }
