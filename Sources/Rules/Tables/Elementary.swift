/// The derivatives of the elementary functions (DLMF chapter 4).
///
/// Where a function stays finite but its slope does not (`asin` at ±1, `acosh` at 1), the partial
/// is 0: see `docs/singular-points.md`.
let elementary = RuleBook {
  math("exp") { _ in result }
  math("exp2") { _ in result * ln2 }
  math("exp10", also: "pow10", on: -1...1) { _ in result * ln10 }
  math("expm1") { x in exp(x) }  // and not result + 1, which loses all digits below x = -40

  math("log", on: 0.1...9) { x in 1 / x }
  math("log2", on: 0.1...9) { x in 1 / (x * ln2) }
  math("log10", on: 0.1...9) { x in 1 / (x * ln10) }
  math("log1p", on: -0.9...9) { x in 1 / (1 + x) }

  math("sin") { x in cos(x) }
  math("cos") { x in -sin(x) }
  math("tan", on: -1.3...1.3) { _ in 1 + result * result }
  math("sincos") { x in [cos(x), -sin(x)] }
  math("sinpi") { x in pi * cos(pi * x) }
  math("cospi") { x in -pi * sin(pi * x) }
  math("tanpi", on: -0.4...0.4) { _ in pi * (1 + result * result) }

  math("asin", on: -0.9...0.9) { x in ratio(1, sqrt((1 - x) * (1 + x))) }
  math("acos", on: -0.9...0.9) { x in -ratio(1, sqrt((1 - x) * (1 + x))) }
  math("atan") { x in 1 / (1 + x * x) }
  math("atan2", on: 0.1...9, -9...9) { y, x in
    (ratio(x, x * x + y * y), ratio(-y, x * x + y * y))
  }
  // Where a complex number is passed as two numbers, as on x86-64.
  math("carg", on: 0.1...9) { x, y in
    (ratio(-y, x * x + y * y), ratio(x, x * x + y * y))
  }

  math("sinh") { x in cosh(x) }
  math("cosh") { x in sinh(x) }
  math("tanh") { _ in 1 - result * result }  // saturates to 0, where 1 / cosh² would be 0 / ∞
  math("asinh") { x in 1 / sqrt(x * x + 1) }
  math("acosh", on: 1.1...9) { x in ratio(1, sqrt((x - 1) * (x + 1))) }
  math("atanh", on: -0.9...0.9) { x in 1 / ((1 - x) * (1 + x)) }
}

private let pi: Formula = 3.14159265358979323846
private let ln2: Formula = 0.693147180559945309417
private let ln10: Formula = 2.30258509299404568402
