extension Formula: CustomStringConvertible {
  /// The formula as it would be written in a table: `y * pow(x, y - 1)`, with `r` for the result.
  public var description: String {
    text(operandNames: Formula.operandNames)
  }

  /// The names under which operands are printed.
  static let operandNames = ["x", "y", "z", "w"]

  /// The formula in words, with `operandNames[i]` for operand `i`.
  func text(operandNames: [String]) -> String {
    func text(_ f: Formula, above level: Int) -> String {
      let inner = f.text(operandNames: operandNames)
      return f.bindingStrength <= level ? "(\(inner))" : inner
    }
    switch self {
    case .operand(let i):
      return i < operandNames.count ? operandNames[i] : "x\(i)"
    case .result: return "r"
    case .constant(let c): return c == c.rounded() && c.magnitude < 1e15 ? "\(Int(c))" : "\(c)"
    case .apply(.neg, let x): return "-" + text(x[0], above: 2)
    case .apply(let primitive, let x):
      if let infix = primitive.infix {
        let level = bindingStrength
        return "\(text(x[0], above: level - 1)) \(infix) \(text(x[1], above: level))"
      }
      return
        "\(primitive)(\(x.map { $0.text(operandNames: operandNames) }.joined(separator: ", ")))"
    case .select(let comparison, let a, let b, let then, let otherwise):
      return "\(text(a, above: 0)) \(comparison.symbol) \(text(b, above: 0))"
        + " ? \(text(then, above: 0)) : \(text(otherwise, above: 0))"
    }
  }

  /// How tightly the outermost operator holds its parts together: 0 (choice) to 4 (atoms).
  private var bindingStrength: Int {
    switch self {
    case .select: 0
    case .apply(.add, _), .apply(.sub, _): 1
    case .apply(.mul, _), .apply(.div, _), .apply(.neg, _): 2
    case .constant(let c): c < 0 ? 2 : 4
    case .operand, .result, .apply: 4
    }
  }
}

extension Primitive {
  fileprivate var infix: String? {
    switch self {
    case .add: "+"
    case .sub: "-"
    case .mul: "*"
    case .div: "/"
    default: nil
    }
  }
}
