package import Analysis
package import IR
internal import Rules

/// What the replaying half of tangents from a tape can compute again, and from what. It goes through the blocks in the order of
/// the primal, so merged values and carried ones are no obstacle; memory, calls and whatever decides where control goes are.
final class ReplayNeeds: ItemGraph {
  let program: Program
  let effects: MemoryEffects
  let subject: Subject
  private lazy var freed = freedNodes()

  init(_ program: Program, _ effects: MemoryEffects, _ subject: Subject) {
    self.program = program
    self.effects = effects
    self.subject = subject
  }

  func isFree(_ item: Item) -> Bool {
    guard case .primal(let id) = item else { return false }
    guard let i = subject.instruction(id) else { return true }
    return subject.loop(ofCounter: i.value) != nil
  }

  /// Does the instruction give the same wherever its operands are the same?
  func isRepeated(_ n: Int) -> Bool {
    let item = Item.primal(subject.parameterCount + n)
    return isFree(item) || dependencies(of: item) != nil
  }

  func dependencies(of item: Item) -> [Item]? {
    guard case .primal(let id) = item, let i = subject.instruction(id) else { return nil }
    switch i.opcode {
    case .load: return isRepeatable(i) ? operands(i) : nil
    case .call: return callDependencies(i)
    case .fcmp, .fptosi, .fptoui: return isExact(i) ? operands(i) : nil
    default: return Self.isPure(i.opcode) ? operands(i) : nil
    }
  }
  private func operands(_ i: Instruction) -> [Item] {
    i.operands.compactMap { subject.id($0).map { .primal($0) } }
  }

  private func callDependencies(_ i: Instruction) -> [Item]? {
    switch program.knowledge.target(of: i) {
    case .transparent: return i.arguments.prefix(1).compactMap { subject.id($0).map { .primal($0) } }
    case .known(let k, _):
      guard k.isPure, !k.effects.touchesMemory, !i.type.containsPointer else { return nil }
      if case .structural = k.kind { return nil }
      return i.arguments.compactMap { subject.id($0).map { .primal($0) } }
    default: return nil
    }
  }

  /// The result depends on the operands alone. A frozen value does not, if it was undefined.
  static func isPure(_ opcode: Opcode) -> Bool {
    if opcode.isIntegerArithmetic || opcode.isFloatArithmetic || opcode.isCast { return true }
    switch opcode {
    case .icmp, .fcmp, .select, .gep, .extractElement, .insertElement, .shuffleVector, .extractValue, .insertValue,
      .phi:
      return true
    default: return false
    }
  }

  /// The two halves are optimised each for itself, and may round differently (by fused multiplication): a decision is made again
  /// only from numbers that are the same in both.
  private func isExact(_ i: Instruction) -> Bool {
    i.operands.allSatisfy { o in
      guard let id = subject.id(o) else { return true }
      return id < subject.parameterCount || o.instruction?.opcode == .load
    }
  }

  // MARK: Memory

  /// Does the replaying half find in memory what the primal found? Only in that of the caller and in constants: the
  /// function's own memory is gone.
  func isRepeatable(_ i: Instruction) -> Bool {
    guard i.opcode == .load, !i.isVolatile, !i.isAtomic, let n = program.graph.cell(of: i.operand(0))?.node,
      !effects.isOverwritten(i, in: subject)
    else { return false }
    let origin = program.graph.origin(n)
    if origin == .constantGlobal { return true }
    return !origin.isEmpty && origin.isSubset(of: [.argument, .loaded, .constantGlobal]) && !freed.contains(n)
  }

  private func freedNodes() -> Set<Int> {
    var nodes: Set<Int> = []
    for s in program.subjects {
      for i in s.instructions where i.isCall {
        guard case .known(let k, _) = program.knowledge.target(of: i) else { continue }
        switch k.kind {
        case .deallocation(let d):
          if let c = program.graph.cell(of: i.operand(d.pointerArgument)) { nodes.insert(c.node) }
        case .reallocation(let r):
          if let c = program.graph.cell(of: i.operand(r.pointerArgument)) { nodes.insert(c.node) }
        default: break
        }
      }
    }
    return nodes
  }

  // MARK: Costs

  func chain(_ item: Item) -> [Int] {
    switch item {
    case .primal(let id): subject.chain(id)
    case .saved(let n), .frame(let n): subject.loops.chain(subject.blockOf[n])
    default: []
    }
  }
  func weight(_ chain: [Int]) -> Double { subject.estimatedRuns(within: chain) }
  func priceOfKeeping(_ item: Item) -> Double {
    guard case .primal(let id) = item else { return 10 }
    return 4 + Double(program.module.dataLayout.storeSize(subject.values[id].type)) * 0.75
  }
  func recomputationCost(_ item: Item) -> Double {
    guard case .primal(let id) = item, let i = subject.instruction(id) else { return 1 }
    return OperationCost.of(i)
  }
}
