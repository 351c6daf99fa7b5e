import Testing

@testable import Rules

/// Every partial of every rule, at every sample.
@Suite struct PartialsTests {
  static let sampleCount = 60

  @Test(arguments: RuleBook.standard.allMath)
  func agreeWithCentralDifferences(_ rule: MathRule) throws {
    let f = try #require(References.function(rule.name), "no reference for \(rule.name)")
    for x in rule.points(count: Self.sampleCount) {
      for i in rule.realParameters {
        let stated = rule.partials[i]?.evaluated(operands: x, result: f(x)) ?? 0
        let measured = centralDifference(of: f, by: i, at: x)
        #expect(isClose(stated, measured), "∂\(i) of \(rule.name) at \(x): \(stated), \(measured)")
      }
    }
  }

  @Test(arguments: RuleBook.standard.allMath.filter { !$0.outputs.isEmpty })
  func ofOutputsAgreeWithCentralDifferences(_ rule: MathRule) throws {
    let f = try #require(References.outputs(rule.name))
    for x in rule.points(count: Self.sampleCount) {
      for (k, output) in rule.outputs.enumerated() {
        for i in rule.realParameters {
          let stated = output.partials[i]?.evaluated(operands: x, result: .nan) ?? 0
          let measured = centralDifference(of: { f($0)[k] }, by: i, at: x)
          #expect(isClose(stated, measured), "\(rule.name) at \(x): \(stated), \(measured)")
        }
      }
    }
  }

  /// The derivatives of the partials, by the rules of their primitives.
  @Test(arguments: RuleBook.standard.allMath)
  func canBeDifferentiatedAgain(_ rule: MathRule) throws {
    let f = try #require(References.function(rule.name))
    for case let partial? in rule.partials where !partial.primitives.contains(.trigamma) {
      for i in rule.realParameters {
        let second = partial.derivative(by: i, resultPartial: rule.partials[i])
        for x in rule.points(count: Self.sampleCount) {
          let stated = second?.evaluated(operands: x, result: f(x)) ?? 0
          let measured = centralDifference(
            of: { partial.evaluated(operands: $0, result: f($0)) }, by: i, at: x)
          #expect(
            isClose(stated, measured, tolerance: 1e-6),
            "∂\(i) of \(partial) in \(rule.name) at \(x): \(stated), \(measured)")
        }
      }
    }
  }

  /// The samples would notice a partial that is wrong by a thousandth.
  @Test(arguments: RuleBook.standard.allMath)
  func areNoticedIfWrong(_ rule: MathRule) throws {
    let f = try #require(References.function(rule.name))
    for i in rule.realParameters {
      guard let partial = rule.partials[i] else { continue }
      let isNoticed = rule.points(count: Self.sampleCount).contains { x in
        let wrong = 1.001 * partial.evaluated(operands: x, result: f(x))
        return !isClose(wrong, centralDifference(of: f, by: i, at: x))
      }
      #expect(isNoticed, "∂\(i) of \(rule.name) is 0 at all samples")
    }
  }

  @Test func onlyTrigammaHasNoRule() {
    for primitive in Primitive.allCases where primitive != .trigamma {
      #expect(primitive.rule.parameters.count == primitive.arity, "\(primitive)")
    }
  }

  @Test func integersStandInIntegerPositionsOnlyAsWholeNumbers() {
    for rule in RuleBook.standard.allMath {
      for case let partial? in rule.partials { expectWholeArguments(partial, in: rule) }
    }
  }

  private func expectWholeArguments(_ formula: Formula, in rule: MathRule) {
    if case .apply(let primitive, let arguments) = formula {
      #expect(arguments.count == primitive.arity)
      for i in primitive.integerArguments {
        #expect(isWhole(arguments[i], in: rule), "\(formula) in \(rule.name)")
      }
    }
    formula.parts.forEach { expectWholeArguments($0, in: rule) }
  }

  private func isWhole(_ formula: Formula, in rule: MathRule) -> Bool {
    switch formula {
    case .operand(let i): rule.parameters[i] == .integer
    case .constant(let c): c == c.rounded()
    case .apply(.neg, let x), .apply(.add, let x), .apply(.sub, let x), .apply(.mul, let x):
      x.allSatisfy { isWhole($0, in: rule) }
    default: false
    }
  }
}
