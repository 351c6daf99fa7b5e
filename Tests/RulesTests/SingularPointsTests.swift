import Testing

@testable import Rules

/// The table of `docs/singular-points.md`, line by line.
@Suite struct SingularPointsTests {
  private func partial(_ name: String, _ i: Int, at x: [Double], result: Double) -> Double {
    guard case .math(let rule, _) = RuleBook.standard.function(name)?.kind else { return .nan }
    return rule.partials[i]?.evaluated(operands: x, result: result) ?? 0
  }

  static let flat: [(String, [Double], Double)] = [
    ("sqrt", [0], 0), ("cbrt", [0], 0), ("asin", [1], 1.57), ("asin", [-1], -1.57),
    ("acos", [1], 0), ("acosh", [1], 0), ("fabs", [0], 0), ("pow", [0, 0.5], 0),
    ("pow", [0, 0], 1), ("powi", [0, 0], 1), ("hypot", [0, 0], 0), ("atan2", [0, 0], 0),
    ("copysign", [0, 1], 0), ("fdim", [1, 1], 0), ("tanh", [400], 1), ("frexp", [0, 0], 0),
  ]

  @Test(arguments: flat)
  func whereTheFirstPartialIsZero(_ name: String, _ x: [Double], _ result: Double) {
    #expect(partial(name, 0, at: x, result: result) == 0)
  }

  @Test func powersAtZero() {
    #expect(partial("pow", 0, at: [0, 1], result: 0) == 1)
    #expect(partial("pow", 0, at: [0, 2], result: 0) == 0)
    #expect(partial("pow", 0, at: [0, -1], result: .infinity) == -.infinity)
    #expect(partial("pow", 1, at: [0, 2], result: 0) == 0)
    #expect(partial("pow", 1, at: [-1, 2], result: 1) == 0)
    #expect(partial("powi", 0, at: [0, 1], result: 0) == 1)
    #expect(partial("pow", 0, at: [-2, 3], result: -8) == 12)
  }

  @Test func secondDerivativeOfASquareAtZero() throws {
    guard case .math(let rule, _) = RuleBook.standard.function("pow")?.kind else {
      Issue.record("no rule for pow")
      return
    }
    let second = try #require(
      rule.partials[0]?.derivative(by: 0, resultPartial: rule.partials[0]))
    #expect(second.evaluated(operands: [0, 2], result: 0) == 2)
  }

  @Test(arguments: ["fmax", "fmin", "llvm.maxnum.f64", "llvm.minimum.f32"])
  func tiesGoToTheFirstOperand(_ name: String) {
    #expect(partial(name, 0, at: [3, 3], result: 3) == 1)
    #expect(partial(name, 1, at: [3, 3], result: 3) == 0)
  }

  @Test func extremaOfNaNFollowTheOperandReturned() {
    #expect(partial("fmax", 0, at: [.nan, 3], result: 3) == 0)
    #expect(partial("fmax", 1, at: [.nan, 3], result: 3) == 1)
    #expect(partial("fmax", 0, at: [3, .nan], result: 3) == 1)
    #expect(partial("fmax", 1, at: [3, .nan], result: 3) == 0)
  }

  @Test func polesAreLeftToArithmetic() {
    #expect(partial("log", 0, at: [0], result: -.infinity) == .infinity)
    #expect(partial("atanh", 0, at: [1], result: .infinity) == .infinity)
  }
}
