package import Analysis
package import IR
package import Planning
internal import Rules

/// Writes the forward sweep: the primal's own code, the shadows that it needs on the way, and the
/// stores of everything that the plan keeps.
final class ForwardSweep {
  let unit: DerivativeUnit
  let plan: ReversePlan
  let function: Function
  let signature: Signature
  let body: BodyClone
  let tape: TapeRecorder
  var subject: Subject { plan.subject }
  var builder: Builder { body.builder }
  private var activity: Activity { unit.activity }
  private var context: Context { function.context }
  private var width: Int { unit.width }

  let pointers: PointerShadows

  init(_ unit: DerivativeUnit, _ plan: ReversePlan, _ function: Function, _ signature: Signature) {
    self.unit = unit
    self.plan = plan
    self.function = function
    self.signature = signature
    let s = plan.subject
    let parameters = (0..<s.parameterCount).map { signature.parameter(.primal($0), of: function)! }
    body = BodyClone(s, in: function, parameters: parameters)
    tape = TapeRecorder(
      plan.table, hasFrame: plan.hasFrame, body, arena: signature.parameter(.arena, of: function))
    pointers = PointerShadows(unit, body, function, signature)
  }

  func write() {
    tape.reserve()
    for n in subject.instructions.indices { extend(n) }
    for b in subject.cfg.blocks.indices { keepBlockFacts(b) }
    for (id, v) in subject.values.enumerated() { keepValue(id, v) }
    if plan.split { writeReturn() }
    pointers.closePhis()
    if let a = tape.ownedArena {
      let destroy = TapeRuntime.function(.destroy, in: function.module)
      unit.engine.whenThrown(outOf: function) { $0.call(destroy, [a]) }
    }
  }

  // MARK: Keeping

  private func keepValue(_ id: Int, _ v: Value) {
    if case .kept(let slot) = plan.availability[.primal(id)] { tape.keep(id, slot: slot) }
    if case .kept(let slot) = plan.availability[.shadow(id)] {
      let list = shadow(of: v)
      position(after: list, id)
      tape.store(list, slot: slot)
    }
  }
  private func position(after list: [Value], _ id: Int) {
    body.position(afterDefinitionOf: id)
    // The last of the shadows to be defined (which lane that is, depends on how they were made), if they are
    // instructions of their own.
    let own = list.compactMap(\.instruction).filter { $0.value != body.values[id] }
    if var i = own.first {
      for other in own.dropFirst() where i.precedes(other) { i = other }
      if i.isPhi { builder.position(atStartOf: i.block) } else { builder.position(after: i) }
      tape.skipReservations(i.value)
    } else if let copy = body.values[id] {
      tape.skipReservations(copy)
    }
  }

  private func keepBlockFacts(_ b: Int) {
    if case .kept(let slot) = plan.availability[.predecessor(b)] {
      let block = body.block(b)
      if let first = block.first { builder.position(before: first) }
      let type = subject.predecessorType(b)
      let phi = builder.phi(type)
      for (n, p) in subject.cfg.predecessors[b].enumerated() {
        // One entry per edge, as the block's other phis have.
        let edges = subject.cfg.blocks[p].successors.filter { $0 == subject.cfg.blocks[b] }.count
        for _ in 0..<edges { phi.addIncoming(type.constant(n), from: body.tail(p, before: b)) }
      }
      builder.position(atStartOf: block)
      tape.skipReservations(phi.value)
      tape.store([phi.value], slot: slot)
    }
    if let l = subject.loops.innermost[b], subject.loops.loops[l].header == b,
      case .kept(let slot) = plan.availability[.trips(l)]
    {
      builder.position(atStartOf: body.block(b))
      tape.skipReservations(tape.counter(l))
      tape.store([tape.counter(l)], slot: slot)
    }
  }

  // MARK: Shadows

  func shadow(of v: Value) -> [Value] { pointers.shadow(of: v) }
  func setShadow(_ list: [Value], of id: Int) { pointers.setShadow(list, of: id) }
  private func lacksShadow(_ p: Value, _ shadow: Value) -> Value? { pointers.lacksShadow(p, shadow) }

  // MARK: Instructions

  /// Adds to the copy of instruction `n` what the derivative needs there.
  private func extend(_ n: Int) {
    let i = subject.instructions[n]
    if plan.saved.contains(n) { save(n, i) }
    switch i.opcode {
    case .alloca: extendAlloca(n, i)
    case .store:
      if i.operand(0).type.containsPointer || carriesPointer(i.operand(0)) {
        storeShadow(n, i, shadow(of: i.operand(0)))
      } else if unit.program.isColour(i) {
        storeShadow(n, i, Array(repeating: body.mapped(i.operand(0)), count: width))
      }
    case .call, .invoke: CallExtension(self).extend(n, i)
    case .ret: break
    default: break
    }
  }
  private func carriesPointer(_ v: Value) -> Bool {
    v.type.scalar.isInteger && unit.program.graph.cell(of: v) != nil && activity.needsShadow(v)
      && !activity.isActive(v, in: subject)
  }

  private func save(_ n: Int, _ i: Instruction) {
    guard case .kept(let slot) = plan.availability[.saved(n)] else { return }
    builder.position(before: body.instruction(n))
    if i.opcode == .store {
      let old = builder.load(i.operand(0).type, from: body.mapped(i.operand(1)), alignment: i.alignment)
      tape.store([old], slot: slot)
      return
    }
    guard case .known(let k, _) = unit.program.knowledge.target(of: i), case .memory(let m) = k.kind else { return }
    let bytes = builder.intCast(body.mapped(i.operand(m.sizeArgument)), to: context.i64, signed: false)
    let block = tape.allocate(bytes, builder)
    builder.memcpy(to: block, from: body.mapped(i.operand(m.targetArgument)), count: bytes)
    tape.store([block], slot: slot)
  }

  /// Must the memory of an object of this function still be there in the reverse sweep?
  private func outlives(_ v: Value) -> Bool {
    guard let c = unit.program.graph.cell(of: v) else { return false }
    return activity.needsShadow(node: c.node) || unit.versions!.read.contains(c.node)
      || unit.versions!.restored.contains(c.node)
  }

  private func extendAlloca(_ n: Int, _ i: Instruction) {
    let id = subject.parameterCount + n
    let isStatic = i.block == subject.function.entry && i.operands.allSatisfy { $0.integerConstant != nil }
    let moves = outlives(i.value) && (plan.split || !isStatic)
    let layout = function.module.dataLayout
    let unitSize = layout.allocSize(i.allocatedType)
    let copy = body.instruction(n)
    func bytes() -> Value {
      let count = builder.intCast(body.mapped(i.operand(0)), to: context.i64, signed: false)
      return builder.mul(count, context.i64.constant(unitSize))
    }
    if moves {
      positionBelowAllocas(copy)
      let memory = builder.cast(pointer: allocate(bytes(), alignment: i.alignment), to: i.type)
      body.replace(n, by: memory)
      copy.erase()
    }
    guard activity.needsShadow(i.value) else { return }
    setShadow(
      (0..<width).map { _ in
        if moves {
          body.position(afterDefinitionOf: id)
          let size = bytes()
          let s = allocate(size, alignment: i.alignment)
          builder.memset(s, byte: 0, count: size)
          return builder.cast(pointer: s, to: i.type)
        }
        builder.position(before: copy)
        let twin = copy.clone()
        builder.insert(twin)
        positionBelowAllocas(copy)
        builder.memset(twin.value, byte: 0, count: bytes(), alignment: 1)
        return twin.value
      }, of: id)
  }
  /// Memory on the tape for a stack variable, aligned as that was.
  private func allocate(_ bytes: Value, alignment: Int) -> Value {
    guard alignment > TapeRuntime.alignment else { return tape.allocate(bytes, builder) }
    let slack = context.i64.constant(alignment - TapeRuntime.alignment)
    let start = tape.allocate(builder.add(bytes, slack), builder)
    let negative = builder.sub(context.i64.zero, builder.ptrtoint(start, to: context.i64))
    return builder.offset(start, builder.and(negative, context.i64.constant(alignment - 1)))
  }
  private func positionBelowAllocas(_ i: Instruction) {
    var at: Instruction? = i
    while let x = at, x.opcode == .alloca { at = x.next }
    if i.block == function.entry, let p = body.prologue, let a = at, a.ref == p.ref || a.precedes(p) { at = p.next }
    if let at { builder.position(before: at) } else { builder.position(atEndOf: i.block) }
  }

  /// A pointer that is stored takes its shadow `s` to the shadow memory; an integer, itself.
  private func storeShadow(_ n: Int, _ i: Instruction, _ s: [Value]) {
    let value = i.operand(0)
    let pointer = i.operand(1)
    guard let c = unit.program.graph.cell(of: pointer), activity.needsShadow(node: c.node) else { return }
    let p = shadow(of: pointer)
    for lane in 0..<width {
      builder.position(after: body.instruction(n))
      OutsideMemory(unit: unit, builder: builder)
        .check(pointer, at: (body.mapped(pointer), p[lane]), brings: body.mapped(value), shadow: s[lane])
      let at = guardSplit(lacksShadow(pointer, p[lane]), after: body.instruction(n))
      if let at { builder.position(before: at) }
      pointers.store(s[lane], value.type, to: p[lane], alignment: i.shadowAlignment)
    }
  }
  /// Makes what is inserted next conditional: splits the block behind `i`; returns the instruction before which
  /// the conditional code goes, or nil if there is no condition.
  func guardSplit(_ condition: Value?, after i: Instruction) -> Instruction? {
    guard let condition else { return nil }
    // The condition was built behind `i`; split behind it.
    let last = condition.instruction ?? i
    guard let next = last.next else { return nil }
    let head = next.block
    let rest = next.splitBlockBefore("after")
    let act = function.appendBlock("active")
    builder.position(atEndOf: act)
    builder.br(rest)
    head.terminator!.erase()
    builder.position(atEndOf: head)
    builder.condBr(condition, rest, act)
    return act.terminator!
  }

  // MARK: Ends

  private func writeReturn() {
    guard let e = subject.exit else { return }
    let n = subject.range[e].upperBound - 1
    let ret = body.instruction(n)
    let value = subject.instructions[n].operands.first
    let shadowResults = signature.results.contains(.shadow(lane: 0)) ? value.map { shadow(of: $0) } : nil
    builder.position(before: ret)
    signature.buildReturn(builder) { r in
      switch r {
      case .frame: self.tape.frame ?? self.context.bytePointer.zero
      case .primal: self.body.mapped(value!)
      case .shadow(let lane): shadowResults![lane]
      default: unreachable("result of a forward sweep")
      }
    }
    ret.erase()
  }
}
