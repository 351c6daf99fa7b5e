/// A symbolic formula over the operands and the result of one operation.
///
/// Rules are written with ordinary Swift operators on formulas (see `Formula+Operators.swift`).
/// Mentioning an operand or the result is what asks the engine to have it at hand where the
/// formula is evaluated; nothing else states that need.
///
/// A formula is real-valued. Integer operands occur in two ways:
/// - in a real position, where they stand for their value as a floating-point number (`sitofp`);
/// - in an integer position of a primitive (`Primitive.integerArguments`), where the formula is
///   made of integer operands, whole constants, `neg`, `add`, `sub` and `mul` only, and is
///   computed in integers.
public indirect enum Formula: Hashable, Sendable {
  /// The value of the operation's operand at this position, before the operation.
  case operand(Int)

  /// The value the operation returned.
  case result

  /// A number, converted to the operation's precision.
  case constant(Double)

  /// A primitive applied to as many formulas as it has arguments.
  case apply(Primitive, [Formula])

  /// `select(cmp, a, b, t, e)` is `t` where `a cmp b` holds, and `e` elsewhere.
  case select(Comparison, Formula, Formula, Formula, Formula)

  /// The parts this formula is directly made of.
  public var parts: [Formula] {
    switch self {
    case .operand, .result, .constant: []
    case .apply(_, let arguments): arguments
    case .select(_, let a, let b, let then, let otherwise): [a, b, then, otherwise]
    }
  }

  /// The positions of the operands that must be at hand to evaluate this formula.
  public var operandsRead: Set<Int> {
    if case .operand(let i) = self { return [i] }
    return parts.reduce(into: []) { $0.formUnion($1.operandsRead) }
  }

  /// Whether the operation's result must be at hand to evaluate this formula.
  public var readsResult: Bool {
    self == .result || parts.contains(where: \.readsResult)
  }

  /// The primitives this formula applies.
  public var primitives: Set<Primitive> {
    var found = parts.reduce(into: Set<Primitive>()) { $0.formUnion($1.primitives) }
    if case .apply(let primitive, _) = self { found.insert(primitive) }
    return found
  }
}
