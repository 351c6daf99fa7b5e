package import Analysis
package import IR
package import Planning
internal import Rules

/// Writes the reverse sweep: the blocks backwards, and the instructions of each backwards.
final class ReverseSweep: TapePosition {
  let unit: DerivativeUnit
  let plan: ReversePlan
  var table: SlotTable { plan.table }
  var hasFrame: Bool { plan.hasFrame }
  let function: Function
  let signature: Signature
  /// The forward sweep in the same function, for combined gradients.
  let forward: ForwardSweep?
  let builder: Builder
  let layout: TapeLayout
  let shadowRules: Shadows
  let adjoints: Adjoints
  let memory: ShadowMemory
  let families: AliasFamilies
  var subject: Subject { plan.subject }
  var activity: Activity { unit.activity }
  var context: Context { function.context }
  var width: Int { unit.width }
  private var blocks: [Int: BasicBlock] = [:]
  /// Where blocks that may be bypassed are left.
  private var ends: [Int: BasicBlock] = [:]
  private var counters: [Int: Value] = [:]
  /// Where the iterations of local loops are come to from: the first, and the others.
  private var entries: [Int: BasicBlock] = [:]
  private var repeats: [Int: BasicBlock] = [:]
  private var records: [Int: Value] = [:]
  let sums: DelayedSums
  /// What was looked up since the block began.
  private var known: [Item: [Value]] = [:]

  init(
    _ unit: DerivativeUnit, _ plan: ReversePlan, _ function: Function, _ signature: Signature,
    forward: ForwardSweep?
  ) {
    self.unit = unit
    self.plan = plan
    self.function = function
    self.signature = signature
    self.forward = forward
    builder = Builder(module: function.module)
    layout = forward?.tape.layout ?? TapeLayout(plan.table, function.module.dataLayout)
    if let forward {
      families = forward.body.families
    } else {
      builder.position(atEndOf: function.appendBlock("entry"))
      families = AliasFamilies(builder, name: function.name)
    }
    shadowRules = Shadows(unit: unit, builder: builder, families: families)
    adjoints = Adjoints(plan.subject, builder, width: unit.width, unit.bitKinds)
    memory = ShadowMemory(builder: builder, adjoints: adjoints, families: families)
    sums = DelayedSums(plan, memory, width: unit.width)
  }

  func write() {
    let start: BasicBlock
    if let forward {
      start = function.appendBlock("reverse")
      guard let e = subject.exit else {
        start.delete()
        return
      }
      let ret = forward.body.instruction(subject.range[e].upperBound - 1)
      builder.position(before: ret)
      builder.br(start)
      ret.erase()
    } else {
      start = function.entry
    }
    guard let e = subject.exit else {
      builder.position(atEndOf: start)
      builder.unreachable()
      return
    }
    for b in plan.control.order { blocks[b] = function.appendBlock("rev." + subject.cfg.blocks[b].name) }
    adjoints.start = { [unowned self] in plan.lives.start(of: $0).flatMap { blocks[$0] } }
    for b in Set(plan.bypasses.values.joined()).sorted() {
      ends[b] = function.appendBlock("end." + subject.cfg.blocks[b].name)
    }
    builder.position(atEndOf: start)
    // Variables live in the entry block; give a function of its own one that can hold them.
    if forward == nil {
      let first = function.appendBlock("reverse")
      builder.br(first)
      builder.position(atEndOf: first)
    }
    for l in 0..<subject.loops.loops.count where reverses(l) {
      counters[l] = builder.entryAlloca(context.i64, name: "riv")
    }
    for (g, group) in plan.table.groups.enumerated() {
      if case .records = group.shape { records[g] = builder.entryAlloca(context.bytePointer, name: "record") }
    }
    seed(e)
    enterLoops(from: nil, to: e)
    go(from: nil, to: e)
    for b in plan.control.order { write(b) }
    for l in plan.local { fuse(l) }
  }
  /// Lets the iterations of a loop begin with the forward sweep of their own.
  private func fuse(_ l: Int) {
    guard let forward, let entry = entries[l], let again = repeats[l] else { return }
    let writer = LocalLoopWriter(
      loop: l, body: forward.body, tape: forward.tape, reversed: blocks[subject.loops.loops[l].latches[0]]!,
      entry: entry, again: again)
    writer.write()
  }
  private func reverses(_ l: Int) -> Bool { plan.control.exits[subject.loops.loops[l].header] != nil }

  private func seed(_ e: Int) {
    let ret = subject.terminator(e)
    guard let v = ret.operands.first, v.type.containsFloat, activity.isActive(v, in: subject) else { return }
    for lane in 0..<width {
      let given = signature.parameter(.resultAdjoint(lane: lane), of: function)
      if let given {
        adjoints.add(v, given, lane: lane)
      } else if unit.request.result == .active, forward != nil {
        adjoints.add(v, ones(v.type), lane: lane)
      }
    }
  }
  private func ones(_ type: Type) -> Value {
    if type.isFloatOrVector { return type.constant(1.0) }
    guard type.isAggregate else { return type.zero }
    var v = type.zero
    for k in 0..<type.count where type.member(k).containsFloat { v = builder.insertValue(v, ones(type.member(k)), k) }
    return v
  }

  // MARK: Control flow

  private func write(_ b: Int) {
    known = [:]
    builder.position(atEndOf: blocks[b]!)
    for n in subject.range[b].reversed() where !subject.instructions[n].isPhi && !isReversedOnEdge(n) { reverse(n) }
    if let end = ends[b] {
      builder.br(end)
      builder.position(atEndOf: end)
      known = [:]
    }
    leave(b)
  }

  private func leave(_ b: Int) {
    let phis = subject.range[b].map { subject.instructions[$0] }
      .filter {
        $0.isPhi && activity.isActive($0.value, in: subject)
          && !plan.reversals[subject.id($0) - subject.parameterCount].isNothing
      }
    // All phis of a block are read together before any is added to.
    let deltas = phis.compactMap { p in adjoints.take(p.value).map { (p, $0) } }
    switch plan.control.exits[b]! {
    case .end: finish()
    case .jump(let t): edge(b, t, deltas, in: builder.block)
    case .choose(let list):
      let choice = lookup(.predecessor(b))[0]
      let targets = list.map { _ in function.appendBlock("from") }
      let cases = targets.enumerated().dropFirst().map { (choice.type.constant($0), $1) }
      builder.switch(choice, default: targets[0], cases: Array(cases))
      for (t, block) in zip(list, targets) { edge(b, t, deltas, in: block) }
    case .header(let loop, let preheader, let latch):
      sums.hand(on: loop)
      let ascends = plan.loops[loop].ascends
      let count = builder.load(context.i64, from: counters[loop]!)
      let first = builder.icmp(.eq, count, ascends ? primal(subject.tripCounts[loop]!) : context.i64.constant(0))
      let out = function.appendBlock("first")
      let back = function.appendBlock("again")
      builder.condBr(first, out, back)
      edge(b, latch, deltas, in: back) { [self] in
        let one = context.i64.constant(1)
        builder.store(ascends ? builder.add(count, one) : builder.sub(count, one), to: counters[loop]!)
        for (g, group) in plan.table.groups.enumerated() {
          guard case .records(let l) = group.shape, l == loop else { continue }
          let record = builder.load(context.bytePointer, from: records[g]!)
          builder.store(builder.load(context.bytePointer, from: record), to: records[g]!)
        }
      }
      edge(b, preheader, deltas, in: out) { [self] in sums.flush(loop) }
    }
  }

  /// Goes from a reversed block to a predecessor: phis hand their adjoints on, loops are entered at their
  /// last iteration.
  private func edge(
    _ b: Int, _ t: Int, _ deltas: [(Instruction, [Value])], in block: BasicBlock, _ step: (() -> Void)? = nil
  ) {
    let remembered = known
    builder.position(atEndOf: block)
    for (phi, d) in deltas {
      guard let v = phi.incoming.first(where: { $0.block == subject.cfg.blocks[t] })?.value else { continue }
      for lane in 0..<width { adjoints.add(v, d[lane], lane: lane) }
    }
    step?()
    // What was looked up for this iteration does not hold for the one before.
    if step != nil { known = [:] }
    enterLoops(from: b, to: t)
    if reverseInvoke(b, t) { go(from: b, to: t) }
    known = remembered
  }

  /// Is it an invoke, which is reversed where it returned to?
  private func isReversedOnEdge(_ n: Int) -> Bool {
    subject.instructions[n].opcode == .invoke && subject.returnBlock(of: subject.blockOf[n]) != nil
  }
  /// Reverses what the invoke at the end of `t` did, if control came back from where it returned to; false if there is no way on.
  private func reverseInvoke(_ b: Int, _ t: Int) -> Bool {
    let n = subject.range[t].upperBound - 1
    guard let r = subject.returnBlock(of: t), !plan.reversals[n].isNothing else { return true }
    known = [:]
    if r == b {
      reverse(n)
    } else if plan.unfinished.contains(n) {
      RunTimeError.stop(
        "an exception was caught in '\(subject.original.name)' that a function threw after it may have changed active memory, "
          + "and how far it came is not known; throw before such changes", builder)
      return false
    }
    return true
  }

  private func enterLoops(from b: Int?, to t: Int) {
    let around = b.map { subject.loops.chain($0) } ?? []
    for l in subject.loops.chain(t) where !around.contains(l) {
      let last = subject.tripCounts[l].map { primal($0) } ?? lookup(.trips(l))[0]
      builder.store(plan.loops[l].ascends ? context.i64.constant(0) : last, to: counters[l]!)
      sums.clear(l)
      // What depends on the counter must be looked up anew.
      for (g, group) in plan.table.groups.enumerated() {
        guard case .records(let loop) = group.shape, loop == l else { continue }
        builder.store(lookup(.base(g))[0], to: records[g]!)
      }
    }
  }

  private func go(from b: Int?, to t: Int) {
    if let l = plan.local.first(where: { subject.loops.loops[$0].latches == [t] }), let forward {
      if b == subject.loops.loops[l].header { repeats[l] = builder.block } else { entries[l] = builder.block }
      return builder.br(forward.body.block(subject.loops.loops[l].header))
    }
    let isBypassed = b.map { plan.bypasses[$0]?.contains(t) ?? false } ?? false
    builder.br(isBypassed ? ends[t]! : blocks[t]!)
  }

  private func finish() {
    let results = signature.results
    var values: [Signature.Result: Value] = [:]
    for r in results {
      switch r {
      case .adjoint(let k):
        let p = subject.function.parameter(k)
        let lanes = (0..<width).map { adjoints.final(p, lane: $0) }
        values[r] = width == 1 ? lanes[0] : array(lanes)
      case .primal:
        if let forward, let e = subject.exit, let v = subject.terminator(e).operands.first {
          values[r] = forward.body.mapped(v)
        }
      default: break
      }
    }
    if let body = forward?.body {
      for n in plan.late.sorted() {
        _ = builder.insert(body.instruction(n).clone())
        body.erase(n)
      }
    }
    if let a = forward?.tape.ownedArena {
      builder.call(TapeRuntime.function(.destroy, in: function.module), [a])
    } else if forward == nil, let frame = signature.parameter(.frame, of: function),
      let a = signature.parameter(.arena, of: function), layout.sizes[0] > 0
    {
      builder.call(TapeRuntime.function(.release, in: function.module), [a, frame])
    }
    signature.buildReturn(builder) { values[$0] ?? context.void.undef }
  }
  func array(_ lanes: [Value]) -> Value {
    var a = lanes[0].type.array(lanes.count).poison
    for (k, v) in lanes.enumerated() { a = builder.insertValue(a, v, k) }
    return a
  }

  // MARK: Tape

  func counter(_ loop: Int) -> Value { builder.load(context.i64, from: counters[loop]!) }
  func extent(_ loop: Int) -> Value {
    builder.add(primal(subject.tripCounts[loop]!), context.i64.constant(1))
  }
  func base(_ group: Int) -> Value {
    switch plan.table.groups[group].shape {
    case .function: forward?.tape.base(group) ?? signature.parameter(.frame, of: function)!
    case .array: lookup(.base(group))[0]
    case .records: builder.load(context.bytePointer, from: records[group]!)
    }
  }
  func variable(_ slot: Int, _ lane: Int) -> Value? { forward?.tape.variable(slot, lane) }

  // MARK: Looking things up

  func primal(_ v: Value) -> Value {
    guard let id = subject.id(v) else { return v }
    return lookup(.primal(id))[0]
  }
  func shadow(_ v: Value, _ lane: Int) -> Value {
    guard let id = subject.id(v) else { return shadowRules.constant(v, lane) }
    guard activity.needsShadow(v) else { return primal(v) }
    return lookup(.shadow(id))[lane]
  }

  /// The item, at the builder's position. Chains of recomputation are walked without recursion.
  func lookup(_ item: Item) -> [Value] {
    var stack = [item]
    while let top = stack.last {
      if known[top] != nil {
        stack.removeLast()
        continue
      }
      let availability: Availability =
        plan.availability[top] ?? (isBase(top) ? .kept(plan.table.slotOf[top]!) : .recomputed)
      let missing = needsBefore(top, availability).filter { known[$0] == nil && $0 != top }
      if missing.isEmpty || stack.count > 200_000 {
        known[top] = produce(top, availability)
        stack.removeLast()
      } else {
        stack += missing
      }
    }
    return known[item]!
  }
  private func isBase(_ item: Item) -> Bool {
    if case .base = item { return plan.table.slotOf[item] != nil }
    return false
  }
  private func needsBefore(_ item: Item, _ a: Availability) -> [Item] {
    guard a == .recomputed else { return [] }
    return plan.dependencies(of: item).filter { plan.availability[$0] != nil }
  }

  private func produce(_ item: Item, _ availability: Availability) -> [Value] {
    switch availability {
    case .kept(let slot): return load(slot: slot)
    case .free: return free(item)
    case .recomputed: return recompute(item)
    }
  }

  private func free(_ item: Item) -> [Value] {
    switch item {
    case .primal(let id):
      let v = subject.values[id]
      if let l = subject.loop(ofCounter: v) { return [counter(l)] }
      if id < subject.parameterCount { return [signature.parameter(.primal(id), of: function)!] }
      return [forward!.body.values[id]!]
    case .shadow(let id):
      if id < subject.parameterCount {
        let own = signature.parameter(.primal(id), of: function)!
        return (0..<width).map { signature.parameter(.shadow(id, lane: $0), of: function) ?? own }
      }
      let list = forward!.shadow(of: subject.values[id])
      forward!.pointers.closePhis()
      return list
    default: return fail(item)
    }
  }

  private func fail(_ item: Item) -> [Value] {
    unit.engine.failures.append(
      Diagnostic(
        Messages.unplanned(subject, "\(item)"), in: subject.original))
    switch item {
    case .primal(let id), .shadow(let id): return Array(repeating: subject.values[id].type.poison, count: max(1, width))
    case .predecessor(let b): return [subject.predecessorType(b).poison]
    case .trips: return [context.i64.poison]
    default: return [context.bytePointer.poison]
    }
  }

  private func recompute(_ item: Item) -> [Value] {
    switch item {
    case .primal(let id):
      guard let i = subject.instruction(id), plan.availability[item] != nil else { return fail(item) }
      if i.isPhi { return [primal(i.incoming[0].value)] }
      let copy = i.clone()
      copy.debugLocation = nil
      if i.isCall { copy.clearTailCall() }
      for (k, o) in i.operands.enumerated() where subject.id(o) != nil { copy.value.setOperand(k, primal(o)) }
      if copy.opcode == .load { families.mark(copy, .primal) }
      return [builder.insert(copy)]
    case .shadow(let id):
      guard let i = subject.instruction(id) else { return fail(item) }
      guard activity.needsShadow(i.value) else { return Array(repeating: primal(i.value), count: width) }
      if i.isPhi { return (0..<width).map { shadow(i.incoming[0].value, $0) } }
      return (0..<width).map { lane in
        shadowRules.recompute(i, { self.shadow($0, lane) }, primal) ?? fail(item)[0]
      }
    case .predecessor(let b):
      guard let d = plan.control.decisions[b] else { return fail(item) }
      return [choice(d, subject.predecessorType(b))]
    default: return fail(item)
    }
  }

  /// The number of the predecessor, from the conditions that decided it.
  private func choice(_ d: Decision, _ type: Type) -> Value {
    guard case .branch(let block, let outcomes) = d else {
      if case .predecessor(let n) = d { return type.constant(n) }
      return type.constant(0)
    }
    let t = subject.terminator(block)
    let condition = primal(t.condition)
    if t.isConditionalBranch { return builder.select(condition, choice(outcomes[0], type), choice(outcomes[1], type)) }
    let successors = t.successors.map { subject.cfg.number(of: $0)! }
    var result = choice(outcomes[0], type)
    for (value, target) in t.switchCases.reversed() {
      let k = successors.firstIndex(of: subject.cfg.number(of: target)!)!
      result = builder.select(builder.icmp(.eq, condition, value), choice(outcomes[k], type), result)
    }
    return result
  }
}
