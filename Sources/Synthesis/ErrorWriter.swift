internal import Analysis
internal import IR
internal import Planning

/// What makes errors of tangents: magnitudes instead of signed terms, and what each operation adds by rounding. This is
/// running error analysis to first order (Higham, "Accuracy and Stability of Numerical Algorithms", 2nd ed., section 3.3).
///
/// A program that defines `nablaLogError` (or `enzymeLogError`) is told of every operation:
/// `void (value, error, opcode, callee, module, function, block)`.
final class ErrorWriter {
  private let builder: Builder
  private let subject: Subject
  private let log: Function?
  private var texts: [String: Value] = [:]
  private var module: Module { builder.module }

  init(_ builder: Builder, _ subject: Subject) {
    self.builder = builder
    self.subject = subject
    log =
      ["nablaLogError", "enzymeLogError"].lazy.compactMap { builder.module.function(named: $0) }
      .first
  }

  func magnitude(_ v: Value) -> Value {
    let f = module.intrinsic("llvm.fabs", [v.type])
    return builder.call(f, [v])
  }

  /// The error of the result of `i`, given that of its operands.
  func error(
    _ propagated: Value, of i: Instruction, _ rounding: RoundingError, _ mapped: (Value) -> Value
  ) -> Value {
    let result = mapped(i.value)
    var sum = propagated
    func add(_ v: Value) {
      sum = builder.fadd(sum, builder.fmul(magnitude(v), v.type.constant(v.type.unitRoundoff)))
    }
    switch rounding {
    case .none: break
    case .result: add(result)
    case .resultAndProduct:
      add(builder.fmul(mapped(i.operand(0)), mapped(i.operand(1))))
      add(result)
    }
    tell(result, sum, i)
    return sum
  }

  private func tell(_ value: Value, _ error: Value, _ i: Instruction) {
    guard let log, log != subject.original, log.functionType.parameters.count == 7 else { return }
    let types = log.functionType.parameters
    let texts = [
      "\(i.opcode)", i.callee?.name ?? "", module.sourceFile, subject.original.name, i.block.name,
    ].map(text)
    for lane in 0..<(value.type.isVector ? value.type.count : 1) {
      let numbers = [value, error].map { v in
        v.type.isVector ? builder.extractElement(v, builder.context.i32.constant(lane)) : v
      }
      builder.call(log, zip(numbers, types).map { builder.fpCast($0, to: $1) } + texts)
    }
  }

  private func text(_ s: String) -> Value {
    if let known = texts[s] { return known }
    let v = module.stringConstant(s).value
    texts[s] = v
    return v
  }

  /// Does the program's function take what it is given?
  static func complaint(in module: Module) -> Diagnostic? {
    for name in ["nablaLogError", "enzymeLogError"] {
      guard let f = module.function(named: name) else { continue }
      let types = f.functionType.parameters
      let fits =
        types.count == 7 && types[0].isFloat && types[1].isFloat
        && types.dropFirst(2).allSatisfy(\.isPointer)
        && f.returnType.isVoid
      return fits ? nil : Diagnostic(Messages.errorLog(name), in: f)
    }
    return nil
  }
}
