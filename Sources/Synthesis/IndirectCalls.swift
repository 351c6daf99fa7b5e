package import Analysis
package import IR
package import Planning

/// Calls through function pointers. The shadow of a function pointer points to the function's derivatives
/// under default activities: {augmented, reverse}, or {tangent} in forward mode.
struct IndirectCalls {
  let unit: DerivativeUnit
  init(_ unit: DerivativeUnit) { self.unit = unit }

  private var context: Context { unit.program.module.context }

  /// The signature that a derivative under default activities has, from the function's type alone.
  private func signature(_ type: Type, _ mode: Mode) -> Signature {
    var parameters: [(Signature.Parameter, Type)] = []
    var results: [(Signature.Result, Type)] = []
    let r = type.returnType
    for (k, t) in type.parameters.enumerated() {
      parameters.append((.primal(k), t))
      if t.containsPointer || mode == .forward && t.containsFloat { parameters.append((.shadow(k, lane: 0), t)) }
      if mode == .reverse, t.containsFloat, !t.containsPointer { results.append((.adjoint(k), t)) }
    }
    switch mode {
    case .augmented:
      results = [(.frame, context.bytePointer)]
      if !r.isVoid { results.append((.primal, r)) }
      if r.containsPointer, !r.containsFloat { results.append((.shadow(lane: 0), r)) }
    case .reverse:
      if r.containsFloat { parameters.append((.resultAdjoint(lane: 0), r)) }
      parameters.append((.frame, context.bytePointer))
    default:
      if !r.isVoid { results.append((.primal, r)) }
      if r.containsFloat || r.containsPointer { results.append((.tangent, r)) }
    }
    return Signature(parameters, results, context)
  }

  /// The derivatives behind a function pointer: its shadow, or, where that is the pointer itself, those of the
  /// function of this module that it points to. A pointer to anything else stops the program with a message.
  private func table(_ pointer: Value, _ shadow: Value, _ type: Type, _ builder: Builder) -> Value {
    let byte = context.bytePointer
    let p = builder.cast(pointer: pointer, to: byte)
    var result = builder.cast(pointer: shadow, to: byte)
    let same = builder.icmp(.eq, result, p)
    var found = p
    let candidates = unit.program.addressTaken.filter { unit.program.subject(of: $0) != nil } + unit.program.addressTakenLibrary
    for f in candidates where f.functionType.isInterchangeable(with: type) {
      let entry = builder.cast(pointer: unit.engine.shadow(of: f, unit.mode), to: byte)
      found = builder.select(builder.icmp(.eq, p, builder.cast(pointer: f.value, to: byte)), entry, found)
    }
    result = builder.select(same, found, result)
    return builder.call(checker(), [result, p])
  }

  private static let checkerName = "nabla.known"

  /// Is the function, or does it call, a derivative with calls through pointers? The functions behind those were
  /// differentiated each for itself: what one half leaves for the other can't be followed from there.
  static func areMade(by f: Function) -> Bool {
    guard let checker = f.module.function(named: checkerName) else { return false }
    var seen: Set<Function> = [f]
    var work = [f]
    while let g = work.popLast() {
      if g == checker { return true }
      for b in g.blocks {
        for i in b.instructions where i.isCall {
          if let callee = i.callee, seen.insert(callee).inserted { work.append(callee) }
        }
      }
    }
    return false
  }

  /// Returns its first argument unless it equals the second, a function that has no derivative here: that ends
  /// the program with a message.
  private func checker() -> Function {
    let module = unit.program.module
    if let f = module.function(named: Self.checkerName) { return f }
    let byte = context.bytePointer
    let f = module.addFunction(Self.checkerName, .function(byte, [byte, byte]))
    f.setInternal()
    // By it one knows a derivative with calls through pointers when that is to be differentiated.
    f.addAttribute("noinline")
    unit.engine.produced.append(f)
    let builder = Builder(module: module)
    let (start, failed, ok) = (f.appendBlock("entry"), f.appendBlock("unknown"), f.appendBlock("known"))
    builder.position(atEndOf: start)
    builder.condBr(builder.icmp(.ne, f.parameter(0), f.parameter(1)), ok, failed)
    builder.position(atEndOf: failed)
    RunTimeError.stop(
      "a function was called through a pointer that has no derivative in this module; give the pointer a shadow "
        + "with __nabla_virtualreverse(function), or compile the function into this module", builder)
    builder.position(atEndOf: ok)
    builder.ret(f.parameter(0))
    return f
  }

  private func entry(_ table: Value, _ k: Int, _ signature: Signature, _ builder: Builder) -> Value {
    let p = builder.load(context.bytePointer, from: builder.offset(table, 8 * k))
    return builder.cast(pointer: p, to: signature.type.pointer())
  }

  private func refuseWidth(_ s: Subject) {
    unit.engine.failures.append(Diagnostic(Messages.indirectWidth(s), in: s.original))
  }

  func augmented(_ sweep: ForwardSweep, _ n: Int, _ i: Instruction) {
    guard unit.width == 1 else { return refuseWidth(sweep.subject) }
    let signature = signature(i.calledFunctionType, .augmented)
    let builder = sweep.builder
    let shadow = sweep.shadow(of: i.calledValue)[0]
    let arguments = signature.parameters.map { p -> Value in
      switch p {
      case .shadow(let k, _): sweep.shadow(of: i.operand(k))[0]
      case .primal(let k): sweep.body.mapped(i.operand(k))
      default: context.bytePointer.zero
      }
    }
    builder.position(before: sweep.body.instruction(n))
    let t = table(sweep.body.mapped(i.calledValue), shadow, i.calledFunctionType, builder)
    let callee = entry(t, 0, signature, builder)
    CallExtension(sweep).finishAugmented(n, i, callee, signature, arguments, ownsTape: true)
  }

  func reverse(_ sweep: ReverseSweep, _ n: Int, _ i: Instruction) {
    guard unit.width == 1 else { return refuseWidth(sweep.subject) }
    let signature = signature(i.calledFunctionType, .reverse)
    let builder = sweep.builder
    let d = i.type.containsFloat ? sweep.adjoints.take(i.value) : nil
    let t = table(sweep.primal(i.calledValue), sweep.shadow(i.calledValue, 0), i.calledFunctionType, builder)
    let callee = entry(t, 1, signature, builder)
    let arguments = signature.parameters.map { p -> Value in
      switch p {
      case .primal(let k): sweep.primal(i.operand(k))
      case .shadow(let k, _): sweep.shadow(i.operand(k), 0)
      case .resultAdjoint: d?[0] ?? i.type.zero
      case .frame: sweep.lookup(.frame(n))[0]
      case .arena: sweep.arena
      }
    }
    sweep.finishReverse(i, callee, signature, arguments)
  }

  func tangent(_ writer: TangentWriter, _ n: Int, _ i: Instruction) {
    guard unit.width == 1 else { return refuseWidth(writer.subject) }
    let signature = signature(i.calledFunctionType, .forward)
    writer.builder.position(before: writer.body.instruction(n))
    let t = table(
      writer.body.mapped(i.calledValue), writer.dual(i.calledValue, 0), i.calledFunctionType, writer.builder)
    let callee = entry(t, 0, signature, writer.builder)
    TangentCalls(writer).callTangent(n, i, callee, signature)
  }
}
