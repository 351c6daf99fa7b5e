@testable import Rules

/// Formulas are differentiated by the rules of the primitives they are made of, so that second
/// derivatives test the rules against each other.
extension Formula {
  /// The derivative by operand `i`, where `resultPartial` is that of the result; `nil` for zero.
  func derivative(by i: Int, resultPartial: Formula?) -> Formula? {
    switch self {
    case .constant: return nil
    case .operand(let j): return i == j ? 1 : nil
    case .result: return resultPartial
    case .select(let comparison, let a, let b, let then, let otherwise):
      let dThen = then.derivative(by: i, resultPartial: resultPartial)
      let dOtherwise = otherwise.derivative(by: i, resultPartial: resultPartial)
      if dThen == nil && dOtherwise == nil { return nil }
      return .select(comparison, a, b, dThen ?? 0, dOtherwise ?? 0)
    case .apply(let primitive, let arguments):
      let terms = zip(arguments, primitive.rule.partials).compactMap { argument, partial in
        partial.flatMap { partial -> Formula? in
          argument.derivative(by: i, resultPartial: resultPartial)
            .map { partial.substituting(arguments, result: self) * $0 }
        }
      }
      return terms.isEmpty ? nil : terms.dropFirst().reduce(terms[0], +)
    }
  }

  /// This formula with other formulas for its operands and result.
  func substituting(_ operands: [Formula], result: Formula) -> Formula {
    func replaced(_ f: Formula) -> Formula { f.substituting(operands, result: result) }
    switch self {
    case .operand(let i): return operands[i]
    case .result: return result
    case .constant: return self
    case .apply(let primitive, let arguments): return .apply(primitive, arguments.map(replaced))
    case .select(let comparison, let a, let b, let then, let otherwise):
      return .select(
        comparison, replaced(a), replaced(b), replaced(then), replaced(otherwise))
    }
  }
}

extension Primitive {
  /// The rule by which this primitive is differentiated.
  var rule: MathRule {
    switch form {
    case .instruction(let instruction): return RuleBook.standard.instruction(instruction)
    case .intrinsic(let name), .library(let name), .prelude(let name):
      guard case .math(let rule, _) = RuleBook.standard.function(name)?.kind else {
        preconditionFailure("no rule for \(name)")
      }
      return rule
    }
  }
}
