package import Analysis
package import IR
package import Planning
internal import Rules

/// Calls in tangent functions.
struct TangentCalls {
  let writer: TangentWriter
  init(_ writer: TangentWriter) { self.writer = writer }

  private var unit: DerivativeUnit { writer.unit }
  private var body: BodyClone { writer.body }
  private var builder: Builder { writer.builder }
  private var context: Context { writer.context }
  private var module: Module { writer.function.module }
  private var width: Int { writer.width }

  func extend(_ n: Int, _ i: Instruction) {
    if let tape = writer.tape, let call = tape.plan.calls[n] { return ReplayCalls(writer, tape).write(n, i, call) }
    switch unit.program.knowledge.target(of: i) {
    case .known(let k, let f): known(n, i, k, f)
    case .transparent:
      let copy = body.instruction(n)
      if !i.type.isVoid, let a = i.arguments.first, a.type == i.type {
        if i.type.containsPointer { writer.setDual(n, (0..<width).map { writer.dual(a, $0) }) }
        body.replace(n, by: body.mapped(a))
        copy.erase()
      }
    case .hint: if i.type.isVoid || !i.value.hasUses { body.erase(n) }
    case .body, .indirect:
      guard unit.activity.touchesActive(i, in: writer.subject) else { return }
      if let f = i.callee, let s = unit.program.subject(of: f) {
        let t = unit.tangent(s)
        callTangent(n, i, t.function.value, t.signature)
      } else {
        IndirectCalls(unit).tangent(writer, n, i)
      }
    case .custom(let f):
      guard unit.activity.touchesActive(i, in: writer.subject) else { return }
      if let rule = unit.program.knowledge.declarations.derivatives[f] {
        customRule(n, i, rule)
      } else if let s = unit.program.subject(of: f) {
        let t = unit.tangent(s)
        callTangent(n, i, t.function.value, t.signature)
      }
    case .opaque, .assembly, .inactiveSite: break
    }
  }

  func callTangent(_ n: Int, _ i: Instruction, _ callee: Value, _ signature: Signature) {
    let copy = body.instruction(n)
    builder.position(before: copy)
    let arguments = signature.parameters.map { p -> Value in
      switch p {
      // The pointer that a dispatcher looks at comes behind the arguments.
      case .primal(let k): body.mapped(k < i.argumentCount ? i.operand(k) : i.calledValue)
      case .shadow(let k, let lane): writer.dual(i.operand(k), lane)
      default: unreachable("parameter of a tangent function")
      }
    }
    let call = body.call(insteadOf: n, callee, signature.type, arguments)
    if let t = signature.result(.tangent, of: call, builder) {
      writer.setDual(n, (0..<width).map { width == 1 ? t : builder.extractValue(t, $0) })
    }
    if let p = signature.result(.primal, of: call, builder) { body.replace(n, by: p) }
    copy.erase()
  }

  /// A user-written forward rule: every parameter followed by its tangent.
  func customRule(_ n: Int, _ i: Instruction, _ rule: Function) {
    let copy = body.instruction(n)
    builder.position(before: copy)
    let types = rule.functionType.parameters
    // Integers may come with or without a tangent slot.
    let full = types.count >= 2 * i.argumentCount
    let isLibrary = i.callee.map(LibraryBodies.isRule) ?? false
    var primal: Value?
    var list: [Value] = []
    for lane in 0..<width {
      var arguments = isLibrary ? [context.i64.constant(facts(i, isLast: lane == width - 1))] : []
      for a in i.arguments {
        arguments.append(body.mapped(a))
        if a.type.containsPointer {
          let s = writer.dual(a, lane)
          let p = body.mapped(a)
          arguments.append(s == p ? a.type.zero : builder.select(builder.icmp(.eq, s, p), a.type.zero, s))
        } else if a.type.containsFloat {
          arguments.append(writer.dual(a, lane))
        } else if full {
          arguments.append(body.mapped(a))
        }
      }
      guard arguments.count == types.count else {
        unit.engine.failures.append(
          Diagnostic(
            Messages.forwardRuleShape(writer.subject, i.callee, takes: types.count, wanted: arguments.count),
            in: writer.subject.original))
        return
      }
      let call = builder.call(rule, arguments)
      if i.type.isVoid { continue }
      if call.type.isAggregate, call.type.count == 2 {
        primal = primal ?? builder.extractValue(call, 0)
        list.append(builder.extractValue(call, 1))
      } else if call.type.isVector, call.type.count == 2 {
        primal = primal ?? builder.extractElement(call, context.i32.constant(0))
        list.append(builder.extractElement(call, context.i32.constant(1)))
      } else {
        list.append(call)
      }
    }
    if !list.isEmpty { writer.setDual(n, list) }
    guard i.opcode != .invoke else { return }
    if let primal {
      body.replace(n, by: primal)
      copy.erase()
    } else if i.type.isVoid {
      copy.erase()
    }
  }

  /// What a rule of the engine's own is told: which numbers have tangents, and whether to do the work itself, too.
  private func facts(_ i: Instruction, isLast: Bool) -> Int {
    i.arguments.enumerated().reduce(isLast ? 1 << LibraryBodies.primalBit : 0) { bits, a in
      a.element.type.isFloat && writer.isActive(a.element) ? bits | 1 << a.offset : bits
    }
  }

  // MARK: Known functions

  private func known(_ n: Int, _ i: Instruction, _ k: FunctionKnowledge, _ f: Function) {
    switch k.kind {
    case .math(let rule, _):
      guard writer.isActive(i.value) else { return }
      writer.after(n)
      builder.fastMathFlags = i.fastMathFlags & ~0x06
      writer.setDual(n, writer.applied(rule, i))
      builder.fastMathFlags = 0
    case .allocation(let a): allocation(n, i, a)
    case .deallocation(let d): deallocation(n, i, d)
    case .reallocation(let r): reallocation(n, i, r)
    case .memory(let m): memory(n, i, m)
    case .pointerShuffle: shuffle(n, i)
    default:
      guard i.type.isPointer, writer.hasDual(i.value), let a = k.pointsIntoArgument, a < i.argumentCount else { return }
      writer.setDual(
        n,
        (0..<width).map { lane in
          writer.after(n)
          let i64 = context.i64
          let base = body.mapped(i.operand(a))
          let distance = builder.sub(builder.ptrtoint(body.mapped(i.value), to: i64), builder.ptrtoint(base, to: i64))
          return builder.cast(pointer: builder.offset(writer.dual(i.operand(a), lane), distance), to: i.type)
        })
    }
  }

  private func product(_ i: Instruction, _ list: [Int]) -> Value {
    list.map { builder.intCast(body.mapped(i.operand($0)), to: context.i64, signed: false) }
      .reduce(nil as Value?) { p, x in p.map { builder.mul($0, x) } ?? x }!
  }

  private func allocation(_ n: Int, _ i: Instruction, _ a: Allocation) {
    if let p = a.resultThroughPointerArgument {
      guard let c = unit.program.graph.cell(of: i.operand(p)), unit.activity.needsShadow(node: c.node) else { return }
      for lane in 0..<width {
        writer.after(n)
        var arguments = body.instruction(n).arguments
        arguments[p] = writer.dual(i.operand(p), lane)
        _ = builder.call(i.calledValue, i.calledFunctionType, arguments)
        let at = builder.load(context.bytePointer, from: arguments[p])
        builder.memset(at, byte: 0, count: product(i, a.sizeArguments))
      }
      return
    }
    guard writer.hasDual(i.value) else { return }
    var arguments = body.instruction(n).arguments
    // The tape of an inner derivative is not there any more.
    let isTape = i.callee.flatMap { TapeFunction(name: $0.name) } == .allocate
    if let tape = writer.tape, isTape { arguments[0] = tape.arena }
    func allocate() -> Value {
      var arguments = arguments
      var size = product(i, a.sizeArguments)
      if i.callee?.name == "malloc" {
        size = ShadowMemory.staggered(size, builder)
        arguments[0] = builder.intCast(size, to: arguments[0].type, signed: false)
      }
      let call = builder.call(i.calledValue, i.calledFunctionType, arguments)
      builder.memset(call, byte: 0, count: size)
      return call
    }
    writer.setDual(
      n,
      (0..<width).map { _ in
        writer.after(n)
        return writer.distinct(allocate(), from: n, i, allocate) {
          if !isTape { giveBack($0, i, a.freedBy, alignment: a.alignmentArgument) }
        }
      })
  }
  /// Frees memory as a function that takes nothing but the pointer, and the alignment if there is one, does.
  private func giveBack(_ p: Value, _ i: Instruction, _ function: String, alignment: Int? = nil) {
    let byte = context.bytePointer
    let alignment = alignment.map { body.mapped(i.operand($0)) }
    let types = [byte] + (alignment.map { [$0.type] } ?? [])
    let free = module.declare(function, .function(context.void, types))
    guard free.functionType.parameters.count == types.count else { return }
    builder.call(free, [builder.cast(pointer: p, to: free.functionType.parameters[0])] + (alignment.map { [$0] } ?? []))
  }

  private func deallocation(_ n: Int, _ i: Instruction, _ d: Deallocation) {
    let p = i.operand(d.pointerArgument)
    guard unit.activity.needsShadow(p) else { return }
    for lane in 0..<width {
      builder.position(before: body.instruction(n))
      let s = writer.dual(p, lane)
      var arguments = body.instruction(n).arguments
      // The tape of an inner derivative is not there any more.
      if let tape = writer.tape, i.callee.flatMap({ TapeFunction(name: $0.name) }) == .deferFree {
        arguments[0] = tape.arena
      }
      // Where the primal ran before, only a comparison that was foreseen means anything.
      let mayLack = writer.tape == nil || writer.lacksShadow(p, lane) != nil
      arguments[d.pointerArgument] = mayLack ? builder.select(builder.icmp(.eq, s, body.mapped(p)), s.type.zero, s) : s
      _ = builder.call(i.calledValue, i.calledFunctionType, arguments)
    }
  }

  private func reallocation(_ n: Int, _ i: Instruction, _ r: Reallocation) {
    guard writer.hasDual(i.value) else { return }
    let usable = module.declare("malloc_usable_size", .function(context.i64, [context.bytePointer]))
    writer.setDual(
      n,
      (0..<width).map { lane in
        builder.position(before: body.instruction(n))
        let old = writer.dual(i.operand(r.pointerArgument), lane)
        let place = (body.mapped(i.operand(r.pointerArgument)), old)
        if writer.tape == nil { outside.check(i.operand(r.pointerArgument), at: place, brings: .number) }
        let had = builder.call(usable, [old])
        var arguments = body.instruction(n).arguments
        arguments[r.pointerArgument] = old
        let moved = builder.call(i.calledValue, i.calledFunctionType, arguments)
        let new = writer.distinct(moved, from: n, i, { copied(moved, usable) }) { giveBack($0, i, r.freedBy) }
        // Not all that is usable: the twin that a second derivative makes of this memory may have less to spare.
        let size = product(i, r.sizeArguments)
        let more = builder.icmp(.ugt, size, had)
        let rest = builder.select(more, builder.sub(size, had), context.i64.constant(0))
        builder.memset(builder.offset(new, builder.select(more, had, context.i64.constant(0))), byte: 0, count: rest)
        return new
      })
  }

  /// The same contents somewhere else.
  private func copied(_ p: Value, _ usable: Function) -> Value {
    let size = builder.call(usable, [p])
    let malloc = module.declare("malloc", .function(context.bytePointer, [context.i64]))
    let copy = builder.call(malloc, [size])
    builder.memcpy(to: copy, from: p, count: size)
    return builder.cast(pointer: copy, to: p.type)
  }

  private func memory(_ n: Int, _ i: Instruction, _ m: MemoryRoutine) {
    let target = i.operand(m.targetArgument)
    defer { returned(n, i, m) }
    guard let c = unit.program.graph.cell(of: target), unit.activity.needsShadow(node: c.node) else { return }
    let bytes = i.operand(m.sizeArgument)
    for lane in 0..<width {
      builder.position(after: body.instruction(n))
      let size = builder.intCast(body.mapped(bytes), to: context.i64, signed: false)
      let t = writer.dual(target, lane)
      let lacks = writer.lacksShadow(target, lane)
      let source = m.sourceArgument.map { i.operand($0) }
      let s = source.map { writer.dual($0, lane) }
      if writer.tape == nil, let source, let s, unit.activity.needsShadow(source) {
        outside.check(target, at: (body.mapped(target), t), brings: .pointer(body.mapped(source), shadow: s))
      }
      // Bytes from memory without shadow bring no tangents: only what is not a number is copied.
      let plain = source.map { !unit.activity.needsShadow($0) } ?? false
      let lacksSource = plain ? context.i1.constant(1) : source.flatMap { writer.lacksShadow($0, lane) }
      let from = s.map { original(n, instead: $0, lacksSource) }
      let inline = lacks == nil && lacksSource == nil
      let write = { [self] in
        guard let from = from ?? nil else {
          builder.memset(t, byte: 0, count: size)
          return
        }
        builder.memmove(to: t, from: from, count: size)
        guard let lacksSource, let layout = CopyLayout(c, size: bytes.integerConstant, unit.program, unit.activity)
        else { return }
        writer.memory.unless(plain ? nil : builder.not(lacksSource)) {
          writer.memory.reverseCopy(layout, target: t, source: nil, size: size, skipTarget: nil, skipSource: nil)
        }
      }
      if inline {
        write()
      } else {
        // Conditional code: in blocks of its own behind the copy.
        // The freeze stands behind all that the conditional code uses: the block is split behind it.
        writer.conditionally(builder.freeze(lacks ?? context.i1.constant(0)), after: n, write)
      }
    }
  }
  /// Where the bytes that are copied come from: the shadow, or what stands for it. Where the primal does not run, its memory is on
  /// the tape; nil if nothing of it counts.
  private func original(_ n: Int, instead shadow: Value, _ lacksShadow: Value?) -> Value? {
    guard let tape = writer.tape, let lacksShadow else { return shadow }
    guard let slot = tape.plan.slot(.saved(n)) else { return nil }
    let block = builder.cast(pointer: tape.load(slot: slot)[0], to: shadow.type)
    return builder.select(lacksShadow, block, shadow)
  }
  private func returned(_ n: Int, _ i: Instruction, _ m: MemoryRoutine) {
    guard i.type.isPointer, writer.hasDual(i.value) else { return }
    writer.setDual(
      n,
      (0..<width).map { lane in
        writer.after(n)
        let t = writer.dual(i.operand(m.targetArgument), lane)
        let p =
          m.returnsEnd
          ? builder.offset(t, builder.intCast(body.mapped(i.operand(m.sizeArgument)), to: context.i64, signed: false))
          : t
        return builder.cast(pointer: p, to: i.type)
      })
  }

  private var outside: OutsideMemory { OutsideMemory(unit: unit, builder: builder) }
  private func shuffle(_ n: Int, _ i: Instruction) {
    guard i.arguments.contains(where: { $0.type.isPointer && unit.activity.needsShadow($0) }) else { return }
    let list = (0..<width).map { lane -> Value in
      writer.after(n)
      let arguments = i.arguments.map { $0.type.isPointer ? writer.dual($0, lane) : body.mapped($0) }
      if writer.tape == nil { outside.checkRelinking(i, primal: body.mapped, shadows: arguments) }
      return builder.call(i.calledValue, i.calledFunctionType, arguments)
    }
    if i.type.isPointer { writer.setDual(n, list) }
  }
}
