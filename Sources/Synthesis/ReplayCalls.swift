package import Analysis
package import IR
package import Planning

/// Calls with active data in tangent functions that take the primal from a tape.
struct ReplayCalls {
  let writer: TangentWriter
  let tape: ReplayTape
  private var unit: DerivativeUnit { writer.unit }
  private var body: BodyClone { writer.body }
  private var builder: Builder { writer.builder }

  init(_ writer: TangentWriter, _ tape: ReplayTape) {
    self.writer = writer
    self.tape = tape
  }

  func write(_ n: Int, _ i: Instruction, _ call: ReplayCall) {
    switch call {
    case .halves: callReplay(n, i)
    case .rule(let shape): callRule(n, i, shape)
    case .numbers(let rule): TangentCalls(writer).customRule(n, i, rule)
    }
  }

  private func callReplay(_ n: Int, _ i: Instruction) {
    let (callee, signature) = callee(i)
    builder.position(before: body.instruction(n))
    let arguments = signature.parameters.map { p -> Value in
      switch p {
      case .primal(let k): k < i.argumentCount ? body.mapped(i.operand(k)) : body.mapped(i.calledValue)
      case .shadow(let k, let lane): writer.dual(i.operand(k), lane)
      case .frame: tape.load(slot: tape.plan.slot(.frame(n))!)[0]
      case .arena: tape.arena
      case .resultAdjoint: unreachable("parameter of a replaying function")
      }
    }
    let call = builder.call(callee, arguments)
    guard let t = signature.result(.tangent, of: call, builder) else { return }
    writer.setDual(n, (0..<writer.width).map { writer.width == 1 ? t : builder.extractValue(t, $0) })
  }

  private func callee(_ i: Instruction) -> (Function, Signature) {
    guard let f = i.callee, let s = unit.program.subject(of: f) else {
      return IndirectCalls(unit).dispatcher(i, .forwardSplit)
    }
    let pair = unit.replayPair(s)
    return (pair.replaying, pair.replayingSignature)
  }

  private func callRule(_ n: Int, _ i: Instruction, _ shape: SplitShape) {
    builder.position(before: body.instruction(n))
    let types = shape.forward.functionType.parameters
    let list = (0..<writer.width).map { lane -> Value in
      var custom = CustomCall(i, builder, primal: body.mapped, shadow: { writer.dual(i.operand($0), lane) })
      custom.mayLackShadow = { !writer.hasDual($0) || writer.lacksShadow($0, lane) != nil }
      let arguments = zip(shape.forwardOperands, types).map { o, type in
        o == .tape ? tape.load(slot: tape.plan.slot(.frame(n))!)[0] : custom.operand(o, type)
      }
      let call = builder.call(shape.forward, arguments)
      if call.type == i.type || call.type.isVoid { return call }
      let one = builder.context.i32.constant(1)
      return call.type.isVector ? builder.extractElement(call, one) : builder.extractValue(call, 1)
    }
    if !i.type.isVoid { writer.setDual(n, list) }
  }
}
