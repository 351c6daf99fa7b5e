package import Analysis
package import IR
internal import Rules

/// What the items of one subject are made of: which can be computed again in the reverse sweep, and from
/// which others.
final class NeedGraph: ItemGraph {
  let program: Program
  let activity: Activity
  let effects: MemoryEffects
  let subject: Subject
  let split: Bool
  let control: ReverseControl
  /// Objects whose overwritten contents are restored in the reverse sweep.
  let restored: Set<Int>
  /// Callees that keep nothing.
  let frameless: Set<Function>
  /// Loops that are swept forward and back iteration by iteration.
  let local: [Int]
  private var reload: [Int: Bool] = [:]
  /// For each block whose terminator decides from where others are come to: the first instructions of those.
  private lazy var deciding: [Int: [Int]] = {
    var result: [Int: [Int]] = [:]
    for (b, d) in control.decisions {
      for x in d.blocks { result[x, default: []].append(subject.range[b].lowerBound) }
    }
    return result
  }()
  private lazy var tripValues = Set(subject.tripCounts.compactMap { $0.flatMap { subject.id($0) } })

  init(
    _ program: Program, _ activity: Activity, _ effects: MemoryEffects, _ subject: Subject, split: Bool,
    control: ReverseControl, restored: Set<Int>, frameless: Set<Function> = [], local: [Int] = []
  ) {
    self.local = local
    self.program = program
    self.activity = activity
    self.effects = effects
    self.subject = subject
    self.split = split
    self.control = control
    self.restored = restored
    self.frameless = frameless
  }

  func primal(_ v: Value) -> [Item] { subject.id(v).map { [.primal($0)] } ?? [] }
  func shadow(_ v: Value) -> [Item] { subject.id(v).map { [.shadow($0)] } ?? [] }

  func isFree(_ item: Item) -> Bool {
    switch item {
    case .primal(let id), .shadow(let id):
      guard let i = subject.instruction(id) else { return true }
      if isAlwaysPassed(id) { return true }
      if i.opcode == .alloca { return !split && isStatic(i) }
      if case .primal = item { return subject.loop(ofCounter: i.value) != nil }
      return false
    default: return false
    }
  }
  /// In a combined gradient: is the value defined once, on every way to the end of the forward sweep? Then it
  /// is simply still there.
  private func isAlwaysPassed(_ id: Int) -> Bool {
    guard !split, let exit = subject.exit else { return false }
    let b = subject.blockOfAvailability(id)
    guard let l = subject.loops.innermost[b] else { return subject.dominators.dominates(b, exit) }
    return local.contains(l) && subject.dominators.dominates(b, subject.loops.loops[l].latches[0])
  }
  /// An alloca that runs once, of constant size.
  func isStatic(_ i: Instruction) -> Bool {
    i.block == subject.function.entry && i.operands.allSatisfy { $0.integerConstant != nil }
  }

  /// What an item is computed from; nil if it cannot be computed again.
  func dependencies(of item: Item) -> [Item]? {
    switch item {
    case .primal(let id): subject.instruction(id).flatMap(primalDependencies)
    case .shadow(let id): subject.instruction(id).flatMap(shadowDependencies)
    case .predecessor(let b):
      control.decisions[b].map { $0.blocks.flatMap { primal(subject.terminator($0).condition) } }
    case .saved, .frame, .trips, .base: nil
    }
  }

  private func primalDependencies(_ i: Instruction) -> [Item]? {
    let opcode = i.opcode
    if opcode.isIntegerArithmetic || opcode.isFloatArithmetic || opcode.isCast { return operands(i) }
    switch opcode {
    case .icmp, .fcmp, .select, .gep, .extractElement, .insertElement, .shuffleVector, .extractValue,
      .insertValue, .freeze:
      return operands(i)
    case .load: return isReloadable(i) ? operands(i) : nil
    case .phi: return onlyIncoming(i).map { primal($0) }
    case .call:
      guard case .known(let k, _) = program.knowledge.target(of: i), k.isPure,
        !k.effects.touchesMemory, !i.type.containsPointer
      else { return nil }
      if case .structural = k.kind { return nil }
      return i.arguments.flatMap { primal($0) }
    default: return nil
    }
  }
  private func operands(_ i: Instruction) -> [Item] { i.operands.flatMap { primal($0) } }

  /// The value of a phi with one predecessor in the same loops.
  private func onlyIncoming(_ i: Instruction) -> Value? {
    let incoming = i.incoming
    guard incoming.count == 1, let b = subject.cfg.number(of: incoming[0].block),
      let here = subject.cfg.number(of: i.block), subject.loops.innermost[b] == subject.loops.innermost[here]
    else { return nil }
    return incoming[0].value
  }

  private func shadowDependencies(_ i: Instruction) -> [Item]? {
    switch i.opcode {
    case .gep:
      return shadow(i.operand(0)) + i.operands.dropFirst().flatMap { primal($0) }
    case .bitcast, .addrspacecast, .inttoptr, .ptrtoint, .freeze, .extractValue: return shadow(i.operand(0))
    case .select: return primal(i.operand(0)) + shadow(i.operand(1)) + shadow(i.operand(2))
    case .insertValue: return shadow(i.operand(0)) + shadow(i.operand(1))
    case .extractElement: return shadow(i.operand(0)) + primal(i.operand(1))
    case .insertElement: return shadow(i.operand(0)) + shadow(i.operand(1)) + primal(i.operand(2))
    case .shuffleVector: return shadow(i.operand(0)) + shadow(i.operand(1))
    case .add, .sub, .and, .or, .xor:
      return i.operands.flatMap { program.graph.cell(of: $0) != nil ? shadow($0) : primal($0) }
    case .load:
      // Pointers in shadow memory are written when those in primal memory are, and never restored.
      if i.isVolatile || i.isAtomic || effects.isOverwritten(i, in: subject) { return nil }
      return shadow(i.operand(0))
    case .phi: return onlyIncoming(i).map { shadow($0) }
    default: return nil
    }
  }

  // MARK: Reloading

  func node(_ pointer: Value) -> Int? { program.graph.cell(of: pointer)?.node }

  /// Does memory still hold what the load read, wherever the reverse sweep wants it?
  func isReloadable(_ i: Instruction) -> Bool {
    let id = subject.id(i)
    if let known = reload[id] { return known }
    reload[id] = false
    let answer = findReloadable(i)
    reload[id] = answer
    return answer
  }
  private func findReloadable(_ i: Instruction) -> Bool {
    if i.isVolatile || i.isAtomic { return false }
    guard let n = node(i.operand(0)) else { return false }
    // Stack memory of a function that has returned is gone, unless it was put on the tape.
    if !effects.isOverwritten(i, in: subject) { return true }
    guard restored.contains(n), let uses = usePoints(of: i) else { return false }
    return !effects.isOverwritten(i, before: uses, in: subject)
  }

  /// Where the reverse sweep may want a value again, through whatever is recomputed from it; nil if too
  /// many places, or where memory may have changed before the place is known.
  private func usePoints(of load: Instruction) -> [Int]? {
    var points: Set<Int> = []
    var seen: Set<Int> = []
    var work = [load.value]
    while let v = work.popLast() {
      if let id = subject.id(v), tripValues.contains(id) { return nil }
      for u in v.users {
        guard let i = u.instruction, let id = subject.id(i.value) else { continue }
        let n = id - subject.parameterCount
        if i.isTerminator && i.opcode != .ret && i.opcode != .invoke {
          // Where it is wanted to know which way was taken.
          points.formUnion(deciding[subject.blockOf[n]] ?? [])
          continue
        }
        points.insert(n)
        guard seen.insert(id).inserted, i.opcode != .phi || i.incoming.count == 1 else { continue }
        if seen.count > 400 { return nil }
        if !i.type.isVoid { work.append(i.value) }
      }
    }
    return Array(points)
  }

  // MARK: Costs

  /// Values that the forward sweep computes even if nothing of them is kept: those that memory, calls, branches
  /// or the result depend on. All others disappear from it, so that computing them in the reverse sweep is not
  /// computing them twice.
  private lazy var inForwardSweep: [Bool] = forwardSweep(keeping: [])

  /// Takes note of what a first cut would keep, and of what is simply still there: the forward sweep computes all that this
  /// depends on.
  func assume(kept: Set<Item>, for demands: [Item]) {
    var computed: [Value] = []
    var seen: Set<Item> = []
    var work = demands
    while let item = work.popLast() {
      guard seen.insert(item).inserted else { continue }
      if isFree(item) || kept.contains(item) {
        if case .primal(let id) = item { computed.append(subject.values[id]) }
      } else {
        work += dependencies(of: item) ?? []
      }
    }
    inForwardSweep = forwardSweep(keeping: computed)
  }
  private func forwardSweep(keeping kept: [Value]) -> [Bool] {
    var live = [Bool](repeating: false, count: subject.values.count)
    var work = kept
    let returns = split || activity.request.returnsPrimal
    for i in subject.instructions {
      switch i.opcode {
      case .ret: if returns { work += i.operands }
      case .store, .atomicRMW, .cmpxchg, .br, .switch, .invoke: work += i.operands
      case .call: if primalDependencies(i) == nil { work += i.operands }
      default: break
      }
    }
    while let v = work.popLast() {
      guard let id = subject.id(v), !live[id] else { continue }
      live[id] = true
      if let i = subject.instruction(id) { work += i.operands }
    }
    return live
  }

  /// Cost of computing an item once more, in units of an addition.
  func recomputationCost(_ item: Item) -> Double {
    guard case .primal(let id) = item, let i = subject.instruction(id) else { return 1 }
    return OperationCost.of(i) * (inForwardSweep[id] ? 1 : 0.05)
  }
  func priceOfKeeping(_ item: Item) -> Double {
    storageChain(item).isEmpty && !split ? 1.0 : 4 + Double(bytes(item)) * 0.75
  }
  /// Bytes a kept item takes.
  func bytes(_ item: Item) -> Int {
    switch item {
    case .primal(let id): program.module.dataLayout.storeSize(subject.values[id].type)
    case .shadow, .frame, .base, .trips: 8
    case .predecessor(let b): program.module.dataLayout.storeSize(subject.predecessorType(b))
    case .saved(let n):
      subject.instructions[n].opcode == .store
        ? program.module.dataLayout.storeSize(subject.instructions[n].operand(0).type) : 8
    }
  }
  /// The loops around the place where an item comes to be, outermost first.
  func chain(_ item: Item) -> [Int] {
    switch item {
    case .primal(let id), .shadow(let id): subject.chain(id)
    case .saved(let n), .frame(let n): subject.loops.chain(subject.blockOf[n])
    case .predecessor(let b): subject.loops.chain(b)
    case .trips(let l):
      subject.loops.loops[l].parent.map { p in subject.loops.chain(subject.loops.loops[p].header) } ?? []
    case .base: []
    }
  }
  /// The loops for whose iterations an item needs places of its own.
  func storageChain(_ item: Item) -> [Int] { chain(item).filter { !local.contains($0) } }
  /// Estimated number of times the innermost of these loops' bodies runs.
  func weight(_ chain: [Int]) -> Double { subject.estimatedRuns(within: chain) }
}
