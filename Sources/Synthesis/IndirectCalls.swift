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
    let (parameters, results) = parts(type, mode)
    return Signature(parameters + (mode == .reverse ? [(.frame, context.bytePointer)] : []), results, context)
  }
  private typealias Parameters = [(Signature.Parameter, Type)]
  private typealias Results = [(Signature.Result, Type)]
  private func parts(_ type: Type, _ mode: Mode) -> (Parameters, Results) {
    let width = unit.width
    func lanes(_ t: Type) -> Type { width == 1 ? t : t.array(width) }
    var parameters: Parameters = []
    var results: Results = []
    let r = type.returnType
    let hasTangents = unit.mode == .forward || unit.mode == .forwardSplit
    for (k, t) in type.parameters.enumerated() {
      parameters.append((.primal(k), t))
      if t.containsPointer || hasTangents && t.containsFloat {
        for lane in 0..<width { parameters.append((.shadow(k, lane: lane), t)) }
      }
      if mode == .reverse, t.containsFloat, !t.containsPointer { results.append((.adjoint(k), lanes(t))) }
    }
    switch mode {
    case .augmented:
      results = [(.frame, context.bytePointer)]
      if !r.isVoid { results.append((.primal, r)) }
      if r.containsPointer, !r.containsFloat, !hasTangents {
        for lane in 0..<width { results.append((.shadow(lane: lane), r)) }
      }
    case .reverse:
      if r.containsFloat { for lane in 0..<width { parameters.append((.resultAdjoint(lane: lane), r)) } }
    default:
      if !r.isVoid, mode == .forward { results.append((.primal, r)) }
      if r.containsFloat || r.containsPointer { results.append((.tangent, lanes(r))) }
    }
    return (parameters, results)
  }

  /// Does a call find what the pointer leads to by comparing it with the functions of this module?
  private var isClosed: Bool { unit.functionShadow == .itself }
  private func candidates(_ type: Type) -> [Function] {
    let own = unit.program.addressTaken.filter { unit.program.subject(of: $0) != nil }
    return (own + unit.program.addressTakenLibrary).filter { $0.functionType.isInterchangeable(with: type) }
  }

  /// A function that takes, behind the arguments of a derivative, the pointer as the primal of one parameter more, and calls that
  /// derivative of the function of this module that it points to.
  func dispatcher(_ i: Instruction, _ mode: Mode) -> (Function, Signature) {
    let type = i.calledFunctionType
    return unit.dispatcher(type, mode) {
      var (parameters, results) = parts(type, mode)
      let byte = context.bytePointer
      parameters.append((.primal(type.parameters.count), i.calledValue.type))
      if mode == .reverse || mode == .forwardSplit { parameters.append((.frame, byte)) }
      if mode != .forward { parameters.append((.arena, byte)) }
      let signature = Signature(parameters, results, context)
      return (Dispatcher(unit, mode, signature).write(candidates(type)), signature)
    }
  }

  /// The derivatives behind a function pointer: its shadow, or, where that is the pointer itself, those of the
  /// function of this module that it points to. A pointer to anything else stops the program with a message.
  private func table(_ pointer: Value, _ shadow: Value, _ type: Type, _ builder: Builder) -> Value {
    let byte = context.bytePointer
    let p = builder.cast(pointer: pointer, to: byte)
    var result = builder.cast(pointer: shadow, to: byte)
    let same = builder.icmp(.eq, result, p)
    var found = p
    for f in candidates(type) {
      let entry = builder.cast(pointer: unit.engine.shadow(of: f, unit), to: byte)
      found = builder.select(builder.icmp(.eq, p, builder.cast(pointer: f.value, to: byte)), entry, found)
    }
    result = builder.select(same, found, result)
    return builder.call(checker(), [result, p])
  }

  private static let checkerName = "nabla.known"

  /// Is a derivative with calls through the shadows of pointers among the functions of the program? The functions behind those were
  /// differentiated each for itself: what one half leaves for the other can't be followed from there.
  static func areMade(by program: Program) -> Bool {
    guard let checker = program.module.function(named: checkerName) else { return false }
    // Small functions that these call were inlined into the subjects.
    var seen = Set(program.subjects.map(\.original))
    var work = Array(seen)
    while let f = work.popLast() {
      if f == checker { return true }
      for i in f.blocks.flatMap(\.instructions) where i.isCall {
        if let g = i.callee, seen.insert(g).inserted { work.append(g) }
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

  func augmented(_ sweep: ForwardSweep, _ n: Int, _ i: Instruction) {
    let builder = sweep.builder
    let (closed, signature) = isClosed ? callee(i, .augmented) : (nil, signature(i.calledFunctionType, .augmented))
    let shadow = closed == nil ? sweep.shadow(of: i.calledValue)[0] : nil
    let arguments = signature.parameters.map { p -> Value in
      switch p {
      case .shadow(let k, let lane): sweep.shadow(of: i.operand(k))[lane]
      case .primal(let k): sweep.body.mapped(k < i.argumentCount ? i.operand(k) : i.calledValue)
      case .arena: sweep.tape.arena()
      default: context.bytePointer.zero
      }
    }
    builder.position(before: sweep.body.instruction(n))
    let callee =
      closed
      ?? entry(table(sweep.body.mapped(i.calledValue), shadow!, i.calledFunctionType, builder), 0, signature, builder)
    CallExtension(sweep).finishAugmented(n, i, callee, signature, arguments, ownsTape: closed == nil)
  }
  private func callee(_ i: Instruction, _ mode: Mode) -> (Value?, Signature) {
    let (f, signature) = dispatcher(i, mode)
    return (f.value, signature)
  }

  func reverse(_ sweep: ReverseSweep, _ n: Int, _ i: Instruction) {
    let (closed, signature) = isClosed ? callee(i, .reverse) : (nil, signature(i.calledFunctionType, .reverse))
    let builder = sweep.builder
    let d = i.type.containsFloat ? sweep.adjoints.take(i.value) : nil
    let callee =
      closed
      ?? entry(
        table(sweep.primal(i.calledValue), sweep.shadow(i.calledValue, 0), i.calledFunctionType, builder), 1, signature,
        builder)
    let arguments = signature.parameters.map { p -> Value in
      switch p {
      case .primal(let k): sweep.primal(k < i.argumentCount ? i.operand(k) : i.calledValue)
      case .shadow(let k, let lane): sweep.shadow(i.operand(k), lane)
      case .resultAdjoint(let lane): d?[lane] ?? i.type.zero
      case .frame: sweep.lookup(.frame(n))[0]
      case .arena: sweep.arena
      }
    }
    if closed == nil {
      builder.call(TapeRuntime.function(.disown, in: unit.program.module), [sweep.arena, sweep.lookup(.frame(n))[0]])
    }
    sweep.finishReverse(i, callee, signature, arguments)
  }

  func tangent(_ writer: TangentWriter, _ n: Int, _ i: Instruction) {
    if isClosed {
      let (callee, signature) = dispatcher(i, .forward)
      return TangentCalls(writer).callTangent(n, i, callee.value, signature)
    }
    let signature = signature(i.calledFunctionType, .forward)
    writer.builder.position(before: writer.body.instruction(n))
    let t = table(
      writer.body.mapped(i.calledValue), writer.dual(i.calledValue, 0), i.calledFunctionType, writer.builder)
    let callee = entry(t, 0, signature, writer.builder)
    TangentCalls(writer).callTangent(n, i, callee, signature)
  }
}
