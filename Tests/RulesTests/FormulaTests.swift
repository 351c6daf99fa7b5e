import Testing

@testable import Rules

@Suite struct FormulaTests {
  private let x = Formula.operand(0)
  private let y = Formula.operand(1)

  @Test func saysWhatItReads() {
    let formula = y * pow(x, y - 1)
    #expect(formula.operandsRead == [0, 1])
    #expect(!formula.readsResult)
    #expect((1 - result * result).readsResult)
    #expect(when(y > 0, result, else: 1).operandsRead == [1])
    #expect(when(y > 0, result, else: 1).readsResult)
  }

  @Test func evaluates() {
    #expect((y * pow(x, y - 1)).evaluated(operands: [3, 2], result: 9) == 6)
    #expect(ratio(x, result).evaluated(operands: [1], result: 0) == 0)
    #expect(when(x > 0 && y > 0, 1, else: 2).evaluated(operands: [1, -1], result: 0) == 2)
  }

  @Test func prints() {
    #expect("\(y * pow(x, y - 1))" == "y * pow(x, y - 1)")
    #expect("\((x - y) - (x - y))" == "x - y - (x - y)")
    #expect("\(-(x + 1) / (2 * result))" == "-(x + 1) / (2 * r)")
    #expect("\(ratio(0.5, result))" == "r == 0 ? 0 : 0.5 / (r == 0 ? 1 : r)")
  }

  @Test func rulesPrint() {
    guard case .math(let rule, _) = RuleBook.standard.function("tanh")?.kind else {
      Issue.record("no rule for tanh")
      return
    }
    #expect(rule.description == "tanh(x)\n  ∂r/∂x = 1 - r * r")
  }

  @Test func rulesDropZeroes() {
    #expect(RuleBook.standard.instruction(.fcmp).isLocallyConstant)
    guard case .math(let rule, _) = RuleBook.standard.function("copysign")?.kind else { return }
    #expect(rule.partials[1] == nil)
  }
}
