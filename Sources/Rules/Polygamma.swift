import Glibc

/// The first two derivatives of `log Γ`, which no library has, as one small algorithm in two
/// languages: Swift for tests, LLVM IR for derivatives (`Prelude`).
///
/// Below 1/2 the argument is reflected (DLMF 5.5.4, 5.15.6), recurrence moves it up to
/// `threshold` (5.5.2, 5.15.5), and there an asymptotic series is accurate to the last digits
/// (5.11.2, 5.15.8). With `w = 1 / x²`:
///
///     digamma(x)  = log x - 1 / 2x - w · (c₀ + w · (c₁ + …))
///     trigamma(x) = 1 / x + w / 2 + w / x · (c₀ + w · (c₁ + …))
enum Polygamma: Sendable {
  case digamma, trigamma

  /// Where the series takes over: its first neglected term is below 1e-17 of the value.
  static let threshold = 12.0

  /// The coefficients of the series, from the Bernoulli numbers: `B₂ₖ / 2k` and `B₂ₖ`, `k ≥ 1`.
  var coefficients: [Double] {
    let fractions: [(Double, Double)] = [
      (1, 6), (-1, 30), (1, 42), (-1, 30), (5, 66), (-691, 2730), (7, 6),
    ]
    let bernoulli = fractions.map { $0 / $1 }
    return switch self {
    case .digamma: bernoulli.enumerated().map { k, b in b / Double(2 * k + 2) }
    case .trigamma: bernoulli
    }
  }

  func value(at x: Double) -> Double {
    guard x < 0.5 else { return valueRightOfReflection(at: x) }
    let reflected = valueRightOfReflection(at: 1 - x)
    let angle = Double.pi * (x - rint(x))
    switch self {
    case .digamma: return reflected - Double.pi * cos(angle) / sin(angle)
    case .trigamma:
      let s = Double.pi / sin(angle)
      return s * s - reflected
    }
  }

  private func valueRightOfReflection(at start: Double) -> Double {
    var x = start
    var recurrence = 0.0
    while x < Polygamma.threshold {
      recurrence += self == .digamma ? -(1 / x) : 1 / x / x
      x += 1
    }
    let v = 1 / x
    let w = v * v
    let series = coefficients.reversed().reduce(0) { $0 * w + $1 }
    return switch self {
    case .digamma: recurrence + (log(x) - 0.5 * v - w * series)
    case .trigamma: recurrence + (v + 0.5 * w + w * v * series)
    }
  }
}
