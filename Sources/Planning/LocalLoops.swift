package import Analysis
package import IR
internal import Rules

/// Finds loops that may be swept forward and back iteration by iteration, when the reverse sweep comes to them:
///
/// ```
/// for i { A(i) }; B; reverse of B; for i, backwards { reverse of A(i) }
///      becomes     B; reverse of B; for i { A(i); reverse of A(i) }
/// ```
///
/// What an iteration keeps is then kept for that iteration only. An iteration must have nothing to do with others: it hands on
/// nothing but sums, reads nothing that comes to be overwritten later, and writes only memory of the function's own,
/// which it fills before it reads it, and nobody reads after the loop.
struct LocalLoops {
  private let program: Program
  private let activity: Activity
  private let effects: MemoryEffects
  private let subject: Subject
  private let reversals: [Reversal]

  init(_ versions: Versions) {
    program = versions.program
    activity = versions.activity
    effects = versions.effects
    subject = program.root
    reversals = versions.reversals[subject.original]!
  }

  /// - Parameter isWanted: is it worth while?
  func find(where isWanted: (Int) -> Bool) -> [Int] {
    subject.loops.loops.indices.filter { subject.loops.loops[$0].parent == nil && isWanted($0) && isLocal($0) }
  }

  /// The objects that instructions of the loop read or write.
  static func objects(in l: Int, _ program: Program) -> Set<Int> {
    let s = program.root
    var nodes: Set<Int> = []
    for n in s.loops.loops[l].blocks.flatMap({ s.range[$0] }) {
      let i = s.instructions[n]
      switch i.opcode {
      case .load, .store, .call:
        for o in i.operands where o.type.isPointer { if let c = program.graph.cell(of: o) { nodes.insert(c.node) } }
      default: break
      }
    }
    return nodes
  }

  /// An access to memory in the loop, with what its place and extent follow from.
  private struct Access {
    let number: Int
    let node: Int
    let operands: [Value]
  }

  private func isLocal(_ l: Int) -> Bool {
    let loop = subject.loops.loops[l]
    guard let e = subject.exit, let p = loop.preheader, subject.cfg.successors[p].count == 1,
      subject.runsWhollyEachTime(l), subject.terminator(loop.latches[0]).isConditionalBranch
    else { return false }
    let out = subject.cfg.successors[loop.latches[0]].filter { !subject.loops.contains(l, $0) }
    guard out.count == 1, subject.cfg.predecessors[out[0]] == loop.latches, e != loop.latches[0] else { return false }
    let numbers = loop.blocks.flatMap { subject.range[$0] }
    let reversed = numbers.filter { !reversals[$0].isNothing }
    let sums = LoopReversals(
      program: program, activity: activity, effects: effects, subject: subject, reversals: reversals, saved: [])
    guard !reversed.isEmpty, sums.handsOnOnlySums(l, reversed), let (reads, writes) = accesses(numbers) else {
      return false
    }
    // What comes after the loop comes after each of its blocks.
    let objects = Dictionary(writes.map { ($0.node, $0) }, uniquingKeysWith: { first, _ in first })
    return objects.values.allSatisfy { isForgotten($0, after: l) } && reads.allSatisfy { isUnchanged($0, after: l) }
      && writes.allSatisfy { w in
        let places = reads.filter { $0.node == w.node && mayMeet($0, w) }
        return places.allSatisfy { isFilled($0, by: w, l) }
      }
  }

  /// What the instructions read and write; nil if there is something among them that is done only once.
  private func accesses(_ numbers: [Int]) -> (reads: [Access], writes: [Access])? {
    var reads: [Access] = []
    var writes: [Access] = []
    for n in numbers {
      let i = subject.instructions[n]
      switch reversals[n] {
      case .nothing, .rule, .value, .bits, .load, .store, .copy, .fill: break
      default: return nil
      }
      func access(_ p: Value, _ others: [Value] = []) -> Access? {
        program.graph.cell(of: p).map { Access(number: n, node: $0.node, operands: [p] + others) }
      }
      switch i.opcode {
      case .load:
        guard !i.isVolatile, !i.isAtomic, let a = access(i.operand(0)) else { return nil }
        reads.append(a)
      case .store:
        guard !i.isVolatile, !i.isAtomic, program.graph.cell(of: i.operand(0)) == nil,
          !i.operand(0).type.containsPointer, let a = access(i.operand(1))
        else { return nil }
        writes.append(a)
      case .call:
        guard case .known(let k, _) = program.knowledge.target(of: i) else { return nil }
        if case .memory(let m) = k.kind {
          let size = i.operand(m.sizeArgument)
          guard !i.isVolatile, !m.returnsEnd, let target = access(i.operand(m.targetArgument), [size]),
            program.graph.pointees(target.node).isEmpty
          else { return nil }
          writes.append(target)
          if let s = m.sourceArgument {
            guard let source = access(i.operand(s), [size]) else { return nil }
            reads.append(source)
          }
          continue
        }
        guard case .math = k.kind, k.isPure, !k.effects.touchesMemory else { return nil }
      case .alloca, .invoke, .atomicRMW, .cmpxchg, .fence, .landingPad: return nil
      default: if i.mayWriteMemory || i.mayHaveSideEffects && !i.isTerminator { return nil }
      }
    }
    return (reads, writes)
  }

  private func mayMeet(_ a: Access, _ b: Access) -> Bool {
    let (x, y) = (subject.instructions[a.number], subject.instructions[b.number])
    guard x.opcode == .load || x.opcode == .store, y.opcode == .load || y.opcode == .store else { return true }
    return effects.mayMeet(x, y, in: subject)
  }

  /// Is what was written of no interest after the loop?
  private func isForgotten(_ w: Access, after l: Int) -> Bool {
    guard program.graph.isPrivate(w.node) else { return false }
    return subject.instructions.indices.allSatisfy { n in
      let i = subject.instructions[n]
      guard !subject.loops.contains(l, subject.blockOf[n]), effects.mayFollow(n, w.number, in: subject) else {
        return true
      }
      switch i.opcode {
      case .call, .invoke:
        if case .known(let k, _) = program.knowledge.target(of: i), case .deallocation = k.kind { return true }
      default: if !i.mayReadMemory { return true }
      }
      return i.operands.allSatisfy { program.graph.cell(of: $0)?.node != w.node }
    }
  }

  /// Does memory still hold, when the reverse sweep comes to the loop, what was read in it?
  private func isUnchanged(_ r: Access, after l: Int) -> Bool {
    let i = subject.instructions[r.number]
    if i.opcode == .load {
      return effects.overwriters(of: i, in: subject).allSatisfy { w in
        subject.loops.contains(l, subject.blockOf[subject.id(w) - subject.parameterCount])
      }
    }
    return effects.writes(in: subject).allSatisfy { w in
      let n = subject.id(w.instruction) - subject.parameterCount
      return subject.loops.contains(l, subject.blockOf[n]) || !effects.mayFollow(n, r.number, in: subject)
        || !w.nodes.contains(r.node) && !(w.external || w.nodes.contains { program.graph.isExternal($0) })
    }
  }

  // MARK: Memory that is filled

  /// Does the read find what was written in the same iteration, or what was there before the loop? It does if the same places
  /// are written each time, in the innermost loop that contains both and in those around it, and before the read.
  private func isFilled(_ r: Access, by w: Access, _ l: Int) -> Bool {
    let (x, y) = (subject.blockOf[w.number], subject.blockOf[r.number])
    if isNew(w.node, in: l, before: y) { return true }
    guard let common = subject.loops.chain(x).last(where: { subject.loops.contains($0, y) }) else { return false }
    if x == y && r.number < w.number { return false }
    let inner = subject.loops.chain(x).drop { $0 != common }.dropFirst()
    return !subject.blocks(from: y, inIterationOf: common).contains(x) && isDoneAlike(x, inner, common, l)
      && w.operands.allSatisfy { isSame($0, l, through: Array(inner)) }
  }

  /// Does the life of the memory begin in the iteration, before the block?
  private func isNew(_ node: Int, in l: Int, before block: Int) -> Bool {
    let sources = program.graph.sources(node)
    return !sources.isEmpty
      && sources.allSatisfy { s in
        guard let b = subject.beginnings[s] else { return false }
        return subject.loops.contains(l, b) && subject.dominators.dominates(b, block)
      }
  }

  /// Does the block run equally often in all iterations of `common`, a loop in `l`, whatever the iterations of the loops around?
  private func isDoneAlike(_ block: Int, _ inner: ArraySlice<Int>, _ common: Int, _ l: Int) -> Bool {
    var b = block
    for k in inner.reversed() {
      guard isReachedAlike(b, in: k, l), subject.runsWhollyEachTime(k), isSame(subject.tripCounts[k]!, l),
        let p = subject.loops.loops[k].preheader
      else { return false }
      b = p
    }
    return isReachedAlike(b, in: common, l)
  }
  private func isReachedAlike(_ block: Int, in k: Int, _ l: Int) -> Bool {
    var b = block
    while b != subject.loops.loops[k].header {
      let d = subject.dominators.parent[b]
      if !subject.alwaysReaches(d, b, in: k) {
        let t = subject.terminator(d)
        guard t.isConditionalBranch || t.opcode == .switch, subject.loops.innermost[d] == k, isSame(t.condition, l)
        else { return false }
      }
      b = d
    }
    return true
  }

  /// Is the value the same in all iterations of the loop, or does it run through the same range with the given inner loops?
  private func isSame(_ value: Value, _ l: Int, through inner: [Int] = []) -> Bool {
    var seen: Set<Value> = []
    var work = [value]
    while let v = work.popLast() {
      guard seen.insert(v).inserted, let id = subject.id(v), subject.loops.contains(l, subject.block(id)) else {
        continue
      }
      if let k = subject.loop(ofCounter: v), inner.contains(k) { continue }
      guard let i = v.instruction else { return false }
      switch i.opcode {
      case .icmp, .gep, .select, .freeze: break
      default: if !i.opcode.isIntegerArithmetic && !i.opcode.isCast { return false }
      }
      work += i.operands
    }
    return true
  }
}

extension ReversePlan {
  /// Is so much kept per iteration of the loop that it is better kept for one iteration at a time? A few values are cheaper on
  /// the tape: both sweeps are simpler loops then.
  func keepsMuch(perIterationOf l: Int) -> Bool {
    var bytes = 0.0
    for slot in table.slots {
      let chain: [Int]
      switch table.groups[slot.group].shape {
      case .function: continue
      case .array(let loops): chain = loops
      case .records(let loop): chain = subject.loops.chain(subject.loops.loops[loop].header)
      }
      guard table.groups[slot.group].isInside(l, subject) else { continue }
      let size = Double(program.module.dataLayout.storeSize(slot.type) * slot.lanes)
      bytes +=
        size
        * subject.estimatedRuns(
          within: chain.filter { $0 != l && subject.loops.contains(l, subject.loops.loops[$0].header) })
    }
    return bytes >= 64
  }

  /// Does anything outside the loop, apart from its own reversal, need what is computed in it?
  func needsResults(of l: Int) -> Bool {
    var work: [Value] = []
    for (n, i) in subject.instructions.enumerated() where !subject.loops.contains(l, subject.blockOf[n]) {
      switch i.opcode {
      case .ret: if activity.request.returnsPrimal { work += i.operands }
      case .load, .gep: break
      default:
        if i.isTerminator || i.mayWriteMemory || i.mayReadMemory || i.mayHaveSideEffects { work += i.operands }
      }
    }
    for item in availability.keys {
      switch item {
      case .primal(let id), .shadow(let id):
        if !subject.loops.contains(l, subject.block(id)) { work.append(subject.values[id]) }
      default: break
      }
    }
    var seen: Set<Value> = []
    while let v = work.popLast() {
      guard seen.insert(v).inserted, let id = subject.id(v), let i = subject.instruction(id) else { continue }
      if subject.loops.contains(l, subject.block(id)) { return true }
      work += i.operands
    }
    return false
  }
}

extension SlotGroup {
  /// Are its places those of loops inside of the given one?
  fileprivate func isInside(_ l: Int, _ s: Subject) -> Bool {
    switch shape {
    case .function: false
    case .array(let loops): s.loops.contains(l, s.loops.loops[loops[0]].header)
    case .records(let loop): s.loops.contains(l, s.loops.loops[loop].header)
    }
  }
}
