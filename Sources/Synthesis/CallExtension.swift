package import Analysis
package import IR
package import Planning
internal import Rules

/// Extends the copies of calls in a forward sweep: shadow allocations, deferred frees, augmented callees.
struct CallExtension {
  let sweep: ForwardSweep
  init(_ sweep: ForwardSweep) { self.sweep = sweep }

  private var unit: DerivativeUnit { sweep.unit }
  private var activity: Activity { sweep.unit.activity }
  private var body: BodyClone { sweep.body }
  private var builder: Builder { sweep.builder }
  private var context: Context { sweep.function.context }
  private var module: Module { sweep.function.module }
  private var width: Int { unit.width }

  func extend(_ n: Int, _ i: Instruction) {
    switch sweep.plan.reversals[n] {
    case .call: return augmentedCall(n, i)
    case .custom(let shape): return customCall(n, i, shape)
    case .reallocation: return reallocation(n, i)
    default: break
    }
    guard case .known(let k, let f) = unit.program.knowledge.target(of: i) else {
      if case .transparent = unit.program.knowledge.target(of: i) { return transparent(n, i) }
      if case .hint = unit.program.knowledge.target(of: i), i.type.isVoid || !i.value.hasUses { body.erase(n) }
      return
    }
    switch k.kind {
    case .allocation(let a): allocation(n, i, a, f)
    case .deallocation(let d): deallocation(n, i, d, f)
    case .reallocation where outlives(i.value): reallocation(n, i)
    case .memory(let m): pointerBytes(n, i, m)
    case .pointerShuffle: shuffle(n, i)
    case .marker:
      if TapeFunction(name: f.name) != nil { body.erase(n) }
    default: returnedPointer(n, i, k)
    }
  }

  private func transparent(_ n: Int, _ i: Instruction) {
    let copy = body.instruction(n)
    if !i.type.isVoid, let a = i.arguments.first, a.type == i.type {
      body.replace(n, by: body.mapped(a))
      copy.erase()
    }
  }

  private var outside: OutsideMemory { OutsideMemory(unit: unit, builder: builder) }
  private func needsShadow(_ v: Value) -> Bool { activity.needsShadow(v) }
  /// Does the reverse sweep come back to the contents of the memory?
  private func outlives(_ p: Value) -> Bool {
    guard let c = unit.program.graph.cell(of: p) else { return false }
    return unit.versions!.read.contains(c.node) || unit.versions!.restored.contains(c.node)
  }
  private func after(_ n: Int) { body.position(afterDefinitionOf: sweep.subject.parameterCount + n) }
  private func id(_ n: Int) -> Int { sweep.subject.parameterCount + n }

  // MARK: Memory management

  private func allocation(_ n: Int, _ i: Instruction, _ a: Allocation, _ f: Function) {
    let isTape = TapeFunction(name: f.name) == .allocate
    // Memory of an inner tape lives on the outer one: the inner one is never given back here.
    if isTape { body.instruction(n).value.setOperand(0, sweep.tape.arena()) }
    if let p = a.resultThroughPointerArgument { return allocationThroughPointer(n, i, a, p) }
    guard needsShadow(i.value) else { return }
    let list = (0..<width).map { _ -> Value in
      after(n)
      let size = a.sizeArguments.map { body.mapped(i.operand($0)) }
        .map { builder.intCast($0, to: context.i64, signed: false) }
        .reduce(nil as Value?) { product, x in product.map { builder.mul($0, x) } ?? x }!
      let call = builder.call(i.calledValue, i.calledFunctionType, body.instruction(n).arguments)
      if !a.zeroes { builder.memset(call, byte: 0, count: size) }
      return call
    }
    sweep.setShadow(list, of: id(n))
  }

  private func allocationThroughPointer(_ n: Int, _ i: Instruction, _ a: Allocation, _ p: Int) {
    guard let c = unit.program.graph.cell(of: i.operand(p)), activity.needsShadow(node: c.node) else { return }
    let places = sweep.shadow(of: i.operand(p))
    for lane in 0..<width {
      after(n)
      var arguments = body.instruction(n).arguments
      arguments[p] = places[lane]
      _ = builder.call(i.calledValue, i.calledFunctionType, arguments)
      let memory = builder.load(context.bytePointer, from: places[lane])
      let size = builder.intCast(body.mapped(i.operand(a.sizeArguments[0])), to: context.i64, signed: false)
      builder.memset(memory, byte: 0, count: size)
    }
  }

  /// Memory that the reverse sweep needs is freed when that is over.
  private func deallocation(_ n: Int, _ i: Instruction, _ d: Deallocation, _ f: Function) {
    let p = i.operand(d.pointerArgument)
    guard let c = unit.program.graph.cell(of: p) else { return }
    // What a function planned for itself does to its caller's memory has to wait: the caller may still need that.
    let isCallers = sweep.plan.split && !unit.program.graph.origin(c.node).isDisjoint(with: [.argument, .loaded])
    let shadowed = isCallers || activity.needsShadow(node: c.node)
    // What an inner derivative defers has to wait on this tape: the inner one is never given back here.
    let isDeferred = TapeFunction(name: f.name) == .deferFree
    guard shadowed || isDeferred || outlives(p) else { return }
    let shadows = shadowed ? sweep.shadow(of: p) : []
    let copy = body.instruction(n)
    builder.position(before: copy)
    let alignment =
      d.alignmentArgument.map { builder.intCast(body.mapped(i.operand($0)), to: context.i64, signed: false) }
      ?? context.i64.constant(0)
    let free = isDeferred ? body.mapped(i.operand(2)) : deallocator(f, d).value
    let primal = body.mapped(p)
    deferFree(primal, free, alignment)
    for s in shadows {
      let same = builder.icmp(.eq, s, builder.cast(pointer: primal, to: s.type))
      deferFree(builder.select(same, s.type.zero, s), free, alignment)
    }
    if i.opcode == .invoke { body.replaceInvokeByBranch(n) } else { body.erase(n) }
  }
  /// The form of a deallocation function that takes the pointer and at most an alignment.
  private func deallocator(_ f: Function, _ d: Deallocation) -> Function {
    guard d.sizeArgument != nil else { return f }
    let array = f.name.hasPrefix("_ZdaPv")
    let name =
      f.name.hasPrefix("_Zd")
      ? (array ? "_ZdaPv" : "_ZdlPv") + (d.alignmentArgument != nil ? "St11align_val_t" : "") : "free"
    let types = [context.bytePointer] + (d.alignmentArgument != nil ? [context.i64] : [])
    return module.declare(name, .function(context.void, types))
  }
  private func deferFree(_ p: Value, _ free: Value, _ alignment: Value) {
    let b = context.bytePointer
    builder.call(
      TapeRuntime.function(.deferFree, in: module),
      [sweep.tape.arena(), builder.cast(pointer: p, to: b), builder.cast(pointer: free, to: b), alignment])
  }
  /// Memory that moves: the old block stays as long as the reverse sweep may want it.
  private func reallocation(_ n: Int, _ i: Instruction) {
    guard case .known(let k, _) = unit.program.knowledge.target(of: i), case .reallocation(let r) = k.kind else {
      return
    }
    let i64 = context.i64
    let old = i.operand(r.pointerArgument)
    let oldShadows = needsShadow(i.value) ? sweep.shadow(of: old) : []
    let copy = body.instruction(n)
    builder.position(before: copy)
    let size = r.sizeArguments.map { builder.intCast(body.mapped(i.operand($0)), to: i64, signed: false) }
      .reduce(nil as Value?) { p, x in p.map { builder.mul($0, x) } ?? x }!
    let malloc = module.declare("malloc", .function(context.bytePointer, [i64]))
    let usable = module.declare("malloc_usable_size", .function(i64, [context.bytePointer]))
    let free = module.declare("free", .function(context.void, [context.bytePointer])).value
    let primal = builder.cast(pointer: body.mapped(old), to: context.bytePointer)
    func moved(_ p: Value) -> Value {
      let had = builder.call(usable, [p])
      return builder.select(builder.icmp(.ult, had, size), had, size)
    }
    let new = builder.call(malloc, [size])
    builder.memcpy(to: new, from: primal, count: moved(primal))
    deferFree(primal, free, i64.constant(0))
    let list = oldShadows.map { s -> Value in
      let memory = builder.call(malloc, [size])
      builder.memset(memory, byte: 0, count: size)
      let same = builder.icmp(.eq, s, builder.cast(pointer: body.mapped(old), to: s.type))
      copyPointers(i.value, memory, s, moved(builder.cast(pointer: s, to: context.bytePointer)))
      deferFree(builder.select(same, s.type.zero, s), free, i64.constant(0))
      return builder.cast(pointer: memory, to: i.type)
    }
    body.replace(n, by: builder.cast(pointer: new, to: i.type))
    copy.erase()
    if !list.isEmpty { sweep.setShadow(list, of: id(n)) }
  }
  private func copyPointers(_ p: Value, _ to: Value, _ from: Value, _ size: Value) {
    guard let c = unit.program.graph.cell(of: p), let layout = CopyLayout(c, size: nil, unit.program, activity),
      layout.movesPointers
    else { return }
    // Shadow memory that moves holds no adjoints yet: all of it may be copied.
    builder.memcpy(to: to, from: from, count: size)
  }

  // MARK: Copies, shuffles, other known functions

  /// Pointers among copied bytes take their shadows along in the forward sweep.
  private func pointerBytes(_ n: Int, _ i: Instruction, _ m: MemoryRoutine) {
    let target = i.operand(m.targetArgument)
    defer { returnedMemory(n, i, m) }
    guard let c = unit.program.graph.cell(of: target), activity.needsShadow(node: c.node) else { return }
    let size = i.operand(m.sizeArgument)
    let bytes = size.integerConstant
    guard let layout = CopyLayout(c, size: bytes, unit.program, activity, clears: m.clears(i)), layout.movesPointers
    else {
      return
    }
    let t = sweep.shadow(of: target)
    let s = m.sourceArgument.map { sweep.shadow(of: i.operand($0)) }
    for lane in 0..<width {
      builder.position(after: body.instruction(n))
      var (to, from) = (t[lane], s?[lane])
      var last = body.instruction(n)
      if activity.isMixed(target) {
        let primal = body.mapped(target)
        if let a = m.sourceArgument, let s = from {
          outside.check(target, at: (primal, to), brings: .pointer(body.mapped(i.operand(a)), shadow: s))
          // Memory that is its own shadow has been copied.
          let lacks = builder.icmp(.eq, to, builder.cast(pointer: primal, to: to.type))
          from = builder.select(lacks, to, builder.cast(pointer: s, to: to.type))
          last = from!.instruction ?? last
        }
      }
      copyPointerWords(layout, to, from, body.mapped(size), last)
    }
  }
  private func copyPointerWords(
    _ layout: CopyLayout, _ target: Value, _ source: Value?, _ size: Value, _ call: Instruction
  ) {
    func words(_ offset: Value) {
      for at in layout.pointers {
        let t = builder.offset(builder.offset(target, offset), at)
        let value = source.map {
          builder.load(context.bytePointer, from: builder.offset(builder.offset($0, offset), at), alignment: 1)
        }
        builder.store(value ?? context.bytePointer.zero, to: t, alignment: 1)
      }
    }
    guard layout.period > 0 else { return words(context.i64.constant(0)) }
    let memory = ShadowMemory(builder: builder, adjoints: nil)
    // A loop: split the block behind the call.
    let next = call.next!
    let head = next.block
    let rest = next.splitBlockBefore("copied")
    head.terminator!.erase()
    builder.position(atEndOf: head)
    if layout.isWordwise {
      memory.copyPointerWords(target: target, source: source, size: size)
    } else {
      let backwards = source.map { memory.startsBackwards($0, target) }
      memory.forEachPeriod(layout, size: size, backwards: backwards, words)
    }
    builder.br(rest)
    // Phis of `rest` cannot exist: it was split off in the middle of a block.
  }
  private func returnedMemory(_ n: Int, _ i: Instruction, _ m: MemoryRoutine) {
    guard i.type.isPointer, needsShadow(i.value) else { return }
    let t = sweep.shadow(of: i.operand(m.targetArgument))
    let list = (0..<width).map { lane -> Value in
      after(n)
      let p =
        m.returnsEnd
        ? builder.offset(
          t[lane], builder.intCast(body.mapped(i.operand(m.sizeArgument)), to: context.i64, signed: false)) : t[lane]
      return builder.cast(pointer: p, to: i.type)
    }
    sweep.setShadow(list, of: id(n))
  }

  /// Helpers that link nodes do the same to the shadow nodes.
  private func shuffle(_ n: Int, _ i: Instruction) {
    guard i.arguments.contains(where: { $0.type.isPointer && needsShadow($0) }) else { return }
    let shadows = i.arguments.map {
      $0.type.isPointer ? sweep.shadow(of: $0) : Array(repeating: body.mapped($0), count: width)
    }
    var list: [Value] = []
    for lane in 0..<width {
      after(n)
      let arguments = shadows.map { $0[lane] }
      outside.checkRelinking(i, primal: body.mapped, shadows: arguments)
      let call = builder.call(i.calledValue, i.calledFunctionType, arguments)
      list.append(call)
    }
    if i.type.isPointer { sweep.setShadow(list, of: id(n)) }
  }

  /// A result that points into an argument's object.
  private func returnedPointer(_ n: Int, _ i: Instruction, _ k: FunctionKnowledge) {
    guard i.type.isPointer, needsShadow(i.value), let a = k.pointsIntoArgument, a < i.argumentCount else { return }
    let base = i.operand(a)
    let shadows = sweep.shadow(of: base)
    let list = (0..<width).map { lane -> Value in
      after(n)
      let i64 = context.i64
      let distance = builder.sub(
        builder.ptrtoint(body.mapped(i.value), to: i64), builder.ptrtoint(body.mapped(base), to: i64))
      return builder.cast(pointer: builder.offset(shadows[lane], distance), to: i.type)
    }
    sweep.setShadow(list, of: id(n))
  }

  // MARK: Callees

  private func augmentedCall(_ n: Int, _ i: Instruction) {
    guard let f = i.callee, let s = unit.program.subject(of: f) else {
      return IndirectCalls(unit).augmented(sweep, n, i)
    }
    let pair = unit.pair(s)
    let signature = pair.augmentedSignature
    var arguments: [Value] = []
    for p in signature.parameters {
      switch p {
      case .primal(let k): arguments.append(body.mapped(i.operand(k)))
      case .shadow(let k, let lane): arguments.append(sweep.shadow(of: i.operand(k))[lane])
      case .arena: arguments.append(sweep.tape.arena())
      default: unreachable("parameter of an augmented function")
      }
    }
    finishAugmented(n, i, pair.augmented.value, signature, arguments)
  }

  /// Calls an augmented function in the place of the copy and takes its results apart.
  func finishAugmented(
    _ n: Int, _ i: Instruction, _ callee: Value, _ signature: Signature, _ arguments: [Value],
    ownsTape: Bool = false
  ) {
    let copy = body.instruction(n)
    let call = body.call(insteadOf: n, callee, signature.type, arguments)
    let frame = signature.result(.frame, of: call, builder)!
    if ownsTape { builder.call(TapeRuntime.function(.adopt, in: module), [sweep.tape.arena(), frame]) }
    if case .kept(let slot) = sweep.plan.availability[.frame(n)] { sweep.tape.store([frame], slot: slot) }
    if let shadow = signature.result(.shadow(lane: 0), of: call, builder) {
      sweep.setShadow(
        [shadow] + (1..<max(1, width)).map { signature.result(.shadow(lane: $0), of: call, builder)! }, of: id(n))
    }
    if let primal = signature.result(.primal, of: call, builder) {
      body.replace(n, by: primal)
    }
    copy.erase()
  }

  private func customCall(_ n: Int, _ i: Instruction, _ shape: CustomShape) {
    let copy = body.instruction(n)
    let shadows = i.arguments.map { $0.type.containsPointer ? sweep.shadow(of: $0)[0] : body.mapped($0) }
    builder.position(before: copy)
    let rule = shape.augmented
    var writer = CustomCall(i, builder, primal: body.mapped, shadow: { shadows[$0] })
    writer.arena = { sweep.tape.arena() }
    writer.facts = sweep.plan.facts[n] ?? 0
    let call = writer.augmented(rule)
    func field(_ k: Int?) -> Value? { k.map { $0 < 0 ? call : builder.extractValue(call, $0) } }
    if let tape = field(rule.tapeField), case .kept(let slot) = sweep.plan.availability[.frame(n)] {
      sweep.tape.store([tape], slot: slot)
    }
    if let s = field(rule.shadowField) { sweep.setShadow([s], of: id(n)) }
    if let p = field(rule.primalField) {
      body.replace(n, by: p.type == i.type ? p : builder.cast(pointer: p, to: i.type))
    } else if !i.type.isVoid {
      body.replace(n, by: i.type.zero)
    }
    if i.opcode == .invoke { body.replaceInvokeByBranch(n) } else { copy.erase() }
  }
}
