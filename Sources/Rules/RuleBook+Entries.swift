/// The words of the tables about functions with a derivative.
///
///     math("pow", on: 0.1...3) { x, y in (…, …) }     one partial derivative per parameter
///
/// `on:` is where tests sample: one interval for all parameters, or one for each. Without
/// `takes:`, all parameters are real.

typealias Interval = ClosedRange<Double>

func math(
  _ name: String, also others: String..., takes: [MathRule.Parameter] = [.real],
  returns: MathRule.Returned = .real, on domain: Interval...,
  partial: (Formula) -> Formula
) -> RuleBook.Entry {
  math([name] + others, takes, returns, domain, [partial(.operand(0))])
}

func math(
  _ name: String, also others: String..., takes: [MathRule.Parameter] = [.real, .real],
  returns: MathRule.Returned = .real, on domain: Interval...,
  partials: (Formula, Formula) -> (Formula, Formula)
) -> RuleBook.Entry {
  let (dx, dy) = partials(.operand(0), .operand(1))
  return math([name] + others, takes, returns, domain, [dx, dy])
}

func math(
  _ name: String, also others: String..., takes: [MathRule.Parameter] = [.real, .real, .real],
  returns: MathRule.Returned = .real, on domain: Interval...,
  partials: (Formula, Formula, Formula) -> (Formula, Formula, Formula)
) -> RuleBook.Entry {
  let (dx, dy, dz) = partials(.operand(0), .operand(1), .operand(2))
  return math([name] + others, takes, returns, domain, [dx, dy, dz])
}

/// A function of one number that writes its results through pointers: one formula per pointer.
func math(
  _ name: String, on domain: Interval..., writing outputs: (Formula) -> [Formula]
) -> RuleBook.Entry {
  let derivatives = outputs(.operand(0))
  let takes = [.real] + derivatives.map { _ in MathRule.Parameter.realOut }
  let none = takes.map { _ -> Formula? in nil }
  let written = derivatives.enumerated().map { i, derivative in
    MathRule.Output(parameter: i + 1, partials: [derivative] + none.dropFirst())
  }
  return math([name], takes, .nothing, domain, none, written)
}

/// Functions whose derivatives are zero wherever they exist.
func locallyConstant(
  _ names: String..., takes: [MathRule.Parameter] = [.real], returns: MathRule.Returned = .real,
  on domain: Interval...
) -> [RuleBook.Entry] {
  names.map { math([$0], takes, returns, domain, takes.map { _ in nil }) }
}

func instruction(
  _ instruction: FloatingInstruction, partial: (Formula) -> Formula
) -> RuleBook.Entry {
  .instruction(
    instruction,
    MathRule(
      name: instruction.rawValue, parameters: [.real], partials: [partial(.operand(0))],
      domain: intervals([], 1)))
}

func instruction(
  _ instruction: FloatingInstruction, on domain: Interval...,
  partials: (Formula, Formula) -> (Formula, Formula)
) -> RuleBook.Entry {
  let (dx, dy) = partials(.operand(0), .operand(1))
  return .instruction(
    instruction,
    MathRule(
      name: instruction.rawValue, parameters: [.real, .real], partials: [dx, dy],
      domain: intervals(domain, 2)))
}

func locallyConstant(
  _ instruction: FloatingInstruction, takes: MathRule.Parameter..., returns: MathRule.Returned
) -> RuleBook.Entry {
  .instruction(
    instruction,
    MathRule(
      name: instruction.rawValue, parameters: takes, returns: returns,
      partials: takes.map { _ in nil }, domain: intervals([], takes.count)))
}

private func math(
  _ names: [String], _ parameters: [MathRule.Parameter], _ returns: MathRule.Returned,
  _ domain: [Interval], _ partials: [Formula?], _ outputs: [MathRule.Output] = []
) -> RuleBook.Entry {
  let rule = MathRule(
    name: names[0], parameters: parameters, returns: returns, partials: partials,
    outputs: outputs.isEmpty ? locallyConstantOutputs(of: parameters) : outputs,
    domain: intervals(domain, parameters.count))
  let effects = Effects(
    parameters.map { $0 == .integerOut || $0 == .realOut ? .writes : .none })
  return .function(names, FunctionKnowledge(names[0], .math(rule, nil), effects: effects))
}

/// What the pointers of a function write unless its entry says more, as `modf` does.
private func locallyConstantOutputs(of parameters: [MathRule.Parameter]) -> [MathRule.Output] {
  parameters.indices.filter { parameters[$0] == .realOut }.map { i in
    MathRule.Output(parameter: i, partials: parameters.map { _ in nil })
  }
}

/// One interval per parameter: those given, or the one given for all, or [-2, 2].
private func intervals(_ given: [Interval], _ count: Int) -> [Interval] {
  given.count == count ? given : Array(repeating: given.first ?? -2...2, count: count)
}
