/// What a derivative is where mathematics gives none, more than one, or an infinite one: the table of
/// `docs/singular-points.md`, word for word (a test compares them).
struct Conventions {
  let functions: String
  let place: String
  let partial: String
  let principle: String

  /// The conventions about a function, in words; nil if there is none.
  static func of(_ name: String) -> String? {
    let rows = table.filter { $0.names.contains(name) }
    guard !rows.isEmpty else { return nil }
    return rows.map { "at \($0.place): \($0.partial.plain)" }.joined(separator: "; ")
  }

  /// The names that a row speaks about: `fmax` in "`fmax`, `fmin`", `pow` in "`pow(x, y)` by x".
  private var names: [String] {
    functions.split(separator: "`").map { String($0.prefix { $0 != "(" }) }
  }

  var markdown: String { "| \(functions) | \(place) | \(partial) | \(principle) |" }

  static let table = [
    Conventions(
      functions: "`sqrt(x)`", place: "x = 0",
      partial: "0", principle: "1"),
    Conventions(
      functions: "`cbrt(x)`", place: "x = 0",
      partial: "0", principle: "1"),
    Conventions(
      functions: "`asin(x)`, `acos(x)`", place: "x = ±1",
      partial: "0", principle: "1"),
    Conventions(
      functions: "`acosh(x)`", place: "x = 1",
      partial: "0", principle: "1"),
    Conventions(
      functions: "`pow(x, y)` by x", place: "x = 0, 0 < y < 1",
      partial: "0", principle: "1"),
    Conventions(
      functions: "`pow(x, y)` by x", place: "y = 0",
      partial: "0, also at x = 0", principle: "1 (`0 · ∞`)"),
    Conventions(
      functions: "`pow(x, y)` by x", place: "x = 0, y = 1",
      partial: "1", principle: "regular"),
    Conventions(
      functions: "`pow(x, y)` by x", place: "x = 0, y < 0",
      partial: "-∞ (or +∞)", principle: "4"),
    Conventions(
      functions: "`pow(x, y)` by y", place: "x = 0",
      partial: "0 (the limit for y > 0)", principle: "1"),
    Conventions(
      functions: "`pow(x, y)` by y", place: "x < 0",
      partial: "0: the power exists for whole y only", principle: "3"),
    Conventions(
      functions: "`powi(x, n)`", place: "n = 0",
      partial: "0, also at x = 0", principle: "1"),
    Conventions(
      functions: "`hypot(x, y)`", place: "x = y = 0",
      partial: "0, 0", principle: "2"),
    Conventions(
      functions: "`atan2(y, x)`", place: "x = y = 0",
      partial: "0, 0", principle: "3"),
    Conventions(
      functions: "`fabs(x)`", place: "x = 0",
      partial: "0", principle: "2"),
    Conventions(
      functions: "`copysign(x, y)` by x", place: "x = 0",
      partial: "0", principle: "2"),
    Conventions(
      functions: "`copysign(x, y)` by y", place: "everywhere",
      partial: "0", principle: "3"),
    Conventions(
      functions: "`fmax`, `fmin`, `llvm.maxnum`, `llvm.maximum`, …", place: "x = y",
      partial: "1, 0: the first operand wins", principle: "2"),
    Conventions(
      functions: "`fmax`, `fmin`", place: "one operand is NaN",
      partial: "1 for the operand returned, 0 for the NaN", principle: "–"),
    Conventions(
      functions: "`fdim(x, y)`", place: "x = y",
      partial: "0, 0", principle: "2"),
    Conventions(
      functions: "`floor`, `ceil`, `trunc`, `round`, `rint`, `lround`, …", place: "everywhere",
      partial: "0", principle: "3"),
    Conventions(
      functions: "`fmod(x, y)`, `remainder(x, y)`, `frem`", place: "everywhere",
      partial: "1, minus the whole quotient", principle: "3"),
    Conventions(
      functions: "`modf(x, p)`", place: "everywhere",
      partial: "fraction 1, integral part 0", principle: "3"),
    Conventions(
      functions: "`frexp(x, p)`, `significand(x)`", place: "x = 0",
      partial: "0", principle: "1"),
    Conventions(
      functions: "`ldexp(x, n)`, `scalb(x, n)` by n", place: "everywhere",
      partial: "0", principle: "3"),
    Conventions(
      functions: "`nextafter(x, y)`", place: "everywhere",
      partial: "1, 0", principle: "3"),
    Conventions(
      functions: "`log`, `1 / x`, `tgamma`, `y0`, `atanh(±1)`, …", place: "poles",
      partial: "what the formula gives: ±∞ or NaN", principle: "4"),
  ]
}

extension String {
  /// Without Markdown's quotes.
  fileprivate var plain: String { filter { $0 != "`" } }
}
