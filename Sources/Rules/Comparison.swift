/// An ordered comparison of two floating-point numbers, named as LLVM's `fcmp` predicates.
public enum Comparison: String, CaseIterable, Hashable, Sendable {
  /// Equal, and neither is NaN.
  case oeq
  /// Not equal, or one is NaN: the one predicate here that holds for NaN.
  case une
  /// Less.
  case olt
  /// Less or equal.
  case ole
  /// Greater.
  case ogt
  /// Greater or equal.
  case oge

  /// The operator as it is written in formulas.
  public var symbol: String {
    switch self {
    case .oeq: "=="
    case .une: "!="
    case .olt: "<"
    case .ole: "<="
    case .ogt: ">"
    case .oge: ">="
    }
  }

  /// Whether `a cmp b` holds.
  public func holds(_ a: Double, _ b: Double) -> Bool {
    switch self {
    case .oeq: a == b
    case .une: a != b
    case .olt: a < b
    case .ole: a <= b
    case .ogt: a > b
    case .oge: a >= b
    }
  }
}
