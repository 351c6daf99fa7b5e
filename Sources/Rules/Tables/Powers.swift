/// The derivatives of powers, roots and products.
///
/// Conventions at the origin are listed in `docs/singular-points.md`.
let powers = RuleBook {
  math("sqrt", on: 0.1...9) { _ in ratio(0.5, result) }
  math("rsqrt", on: 0.1...9) { x in -0.5 * result / x }
  math("cbrt", on: 0.1...9) { _ in ratio(1, 3 * result * result) }
  math("hypot", on: 0.1...9) { x, y in (ratio(x, result), ratio(y, result)) }
  // Where a complex number is passed as two numbers, as on x86-64.
  math("cabs", on: 0.1...9) { x, y in (ratio(x, result), ratio(y, result)) }

  math("pow", on: 0.1...3) { x, y in (powerSlope(x, y), powerLogarithm(x)) }
  math("powr", on: 0.1...3) { x, y in (powerSlope(x, y), powerLogarithm(x)) }
  math("powi", also: "pown", takes: [.real, .integer], on: 0.1...3, -3...4) { x, n in
    (when(n == 0, 0, else: n * powi(when(n == 0, 1, else: x), n - 1)), 0)
  }

  math("fma", also: "llvm.fmuladd") { x, y, _ in (y, x, 1) }
  math("ldexp", also: "scalbn", "scalbln", takes: [.real, .integer], on: -2...2, -3...4) { _, n in
    (ldexp(1, n), 0)
  }
  // The exponent is a whole number, or the result is NaN.
  math("scalb", on: -2...2, 3...3) { _, n in (exp2(n), 0) }
  math("frexp", takes: [.real, .integerOut], on: 0.6...0.9) { x, _ in (ratio(result, x), 0) }
  math("significand", on: 0.6...0.9) { x in ratio(result, x) }
}

/// The derivative of `pow(x, y)` by `x`: 0 at `x = 0` for `0 ≤ y < 1`, where it is infinite or
/// of the form `0 · ∞`.
private func powerSlope(_ x: Formula, _ y: Formula) -> Formula {
  let steep = x == 0 && y >= 0 && y < 1
  return when(steep, 0, else: y * pow(when(steep, 1, else: x), y - 1))
}

/// The derivative of `pow(x, y)` by `y`: 0 for `x ≤ 0`, where the power exists for single `y`
/// only, or is 0 itself.
private func powerLogarithm(_ x: Formula) -> Formula {
  when(x > 0, result * log(when(x > 0, x, else: 1)), else: 0)
}
