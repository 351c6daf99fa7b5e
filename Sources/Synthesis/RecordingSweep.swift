package import Analysis
package import IR
package import Planning
internal import Rules

/// Writes the recording half of tangents from a tape: the primal's own code, and stores of everything that the plan keeps.
/// Shadows are not touched.
struct RecordingSweep {
  private let unit: DerivativeUnit
  private let plan: ReplayPlan
  private let signature: Signature
  private let body: BodyClone
  private let tape: TapeRecorder
  private var subject: Subject { plan.subject }
  private var builder: Builder { body.builder }
  private var context: Context { body.function.context }

  init(_ unit: DerivativeUnit, _ plan: ReplayPlan, _ function: Function, _ signature: Signature) {
    self.unit = unit
    self.plan = plan
    self.signature = signature
    let s = plan.subject
    body = BodyClone(
      s, in: function, parameters: (0..<s.parameterCount).map { signature.parameter(.primal($0), of: function)! })
    tape = TapeRecorder(
      plan.table, hasFrame: true, body, arena: signature.parameter(.arena, of: function), order: .oldestFirst)
  }

  func write() {
    tape.reserve()
    for (n, i) in subject.instructions.enumerated() { extend(n, i) }
    for id in subject.values.indices {
      if let slot = plan.slot(.primal(id)) { tape.keep(id, slot: slot) }
    }
    writeReturn()
  }

  private func extend(_ n: Int, _ i: Instruction) {
    guard i.isCall else { return }
    if let slot = plan.slot(.saved(n)) { saveSource(n, i, slot) }
    if let call = plan.calls[n] { return record(n, i, call) }
    switch unit.program.knowledge.target(of: i) {
    case .transparent:
      guard !i.type.isVoid, let a = i.arguments.first, a.type == i.type else { return }
      let copy = body.instruction(n)
      body.replace(n, by: body.mapped(a))
      copy.erase()
    case .hint: if i.type.isVoid || !i.value.hasUses { body.erase(n) }
    default: break
    }
  }

  /// The bytes that a copy takes from memory without shadow.
  private func saveSource(_ n: Int, _ i: Instruction, _ slot: Int) {
    guard case .known(let k, _) = unit.program.knowledge.target(of: i), case .memory(let m) = k.kind,
      let source = m.sourceArgument
    else { return }
    builder.position(before: body.instruction(n))
    let bytes = builder.intCast(body.mapped(i.operand(m.sizeArgument)), to: context.i64, signed: false)
    let block = tape.allocate(bytes, builder)
    builder.memcpy(to: block, from: body.mapped(i.operand(source)), count: bytes)
    tape.store([block], slot: slot)
  }

  private func record(_ n: Int, _ i: Instruction, _ call: ReplayCall) {
    switch call {
    case .halves: recordHalves(n, i)
    case .rule(let shape): recordRule(n, i, shape.augmented)
    case .numbers: break
    }
  }

  private func recordHalves(_ n: Int, _ i: Instruction) {
    let callee: Function
    let signature: Signature
    if let f = i.callee, let s = unit.program.subject(of: f) {
      (callee, signature) = (unit.replayPair(s).recording, unit.replayPair(s).recordingSignature)
    } else {
      (callee, signature) = IndirectCalls(unit).dispatcher(i, .augmented)
    }
    let arguments = signature.parameters.map { p -> Value in
      switch p {
      case .primal(let k): k < i.argumentCount ? body.mapped(i.operand(k)) : body.mapped(i.calledValue)
      case .arena: tape.arena()
      // Shadows belong to the replaying half.
      case .shadow(let k, _): i.operand(k).type.zero
      default: unreachable("parameter of a recording function")
      }
    }
    let copy = body.instruction(n)
    let result = body.call(insteadOf: n, callee.value, signature.type, arguments)
    let frame = signature.result(.frame, of: result, builder)!
    if let slot = plan.slot(.frame(n)) { tape.store([frame], slot: slot) }
    if let primal = signature.result(.primal, of: result, builder) { body.replace(n, by: primal) }
    copy.erase()
  }

  private func recordRule(_ n: Int, _ i: Instruction, _ rule: AugmentedShape) {
    let copy = body.instruction(n)
    builder.position(before: copy)
    let call = CustomCall(i, builder, primal: body.mapped, shadow: { i.operand($0).type.zero }).augmented(rule)
    func field(_ k: Int?) -> Value? { k.map { $0 < 0 ? call : builder.extractValue(call, $0) } }
    if let value = field(rule.tapeField), let slot = plan.slot(.frame(n)) { tape.store([value], slot: slot) }
    if !i.type.isVoid {
      let result = field(rule.primalField) ?? i.type.zero
      body.replace(n, by: result.type == i.type ? result : builder.cast(pointer: result, to: i.type))
    }
    if copy.opcode == .invoke { body.replaceInvokeByBranch(n) } else { copy.erase() }
  }

  private func writeReturn() {
    guard let e = subject.exit else { return }
    let n = subject.range[e].upperBound - 1
    let ret = body.instruction(n)
    builder.position(before: ret)
    signature.buildReturn(builder) { r in
      r == .frame ? tape.frame ?? context.bytePointer.zero : body.mapped(subject.instructions[n].operand(0))
    }
    ret.erase()
  }
}
