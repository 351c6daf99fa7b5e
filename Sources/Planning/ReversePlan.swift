package import Analysis
package import IR
internal import Rules

/// The whole decision for the reverse mode of one subject: what is reversed and how, which way the
/// control flow goes back, and how every value that this needs is had.
package final class ReversePlan {
  package let program: Program
  package let activity: Activity
  package let subject: Subject
  /// Are the sweeps in two functions?
  package let split: Bool
  package let width: Int
  /// Per instruction.
  package let reversals: [Reversal]
  package let control: ReverseControl
  package let table: SlotTable
  /// How each item that the reverse sweep wants is had.
  package let availability: [Item: Availability]
  /// Stores, copies and fills whose target is saved before and restored after.
  package let saved: Set<Int>
  package let versions: Versions
  /// Stores that wait until the reverse sweep is over.
  package let late: Set<Int>
  /// Per loop.
  package let loops: [LoopReversal]
  /// Loops that are swept forward and back iteration by iteration.
  package let local: [Int]
  /// For each block the predecessors that are not reversed if the reverse sweep comes from it.
  package let bypasses: [Int: Set<Int>]
  /// Invokes that may have changed active memory before an exception left them: if one is caught, that can't be reversed.
  package let unfinished: Set<Int>
  /// What rules of the engine's own are told at each call, a bit for each argument: may the memory that a pointer leads to change before
  /// the reverse sweep is over? Does a number have a derivative?
  package let facts: [Int: Int]
  /// The conditions under which what an instruction computes is used, where its slope may be infinite otherwise.
  package let guards: [Int: [ChoiceGuard]]
  private let needs: NeedGraph
  /// Where the adjoints of values begin.
  package private(set) lazy var lives = AdjointLives(subject, control, bypasses)

  package init(_ versions: Versions, _ subject: Subject, split: Bool, frameless: Set<Function>) {
    program = versions.program
    activity = versions.activity
    self.versions = versions
    self.subject = subject
    self.split = split
    width = versions.activity.request.width
    let reversals = versions.reversals[subject.original]!
    self.reversals = reversals
    saved = versions.savedStores[subject.original] ?? []
    let local = subject === program.root && !split ? versions.local : []
    self.local = local
    let finder = LoopReversals(
      program: program, activity: activity, effects: versions.effects, subject: subject, reversals: reversals,
      saved: saved, local: local)
    loops = subject.loops.loops.indices.map { finder.of($0) }
    late = subject === program.root && !split ? versions.effects.late : []
    control = Self.control(subject, versions.activity, reversals, saved)
    let delayed = Set(loops.flatMap { $0.sums.flatMap(\.delays.keys) })
    bypasses = Bypasses(subject: subject, reversals: reversals, saved: saved, delayed: delayed).find(control)
    unfinished = Self.unfinished(subject, reversals, versions)
    facts = Self.facts(subject, reversals, versions)
    guards = ChoiceGuards(subject: subject, reversals: reversals, activity: versions.activity).find()
    let needs = NeedGraph(
      program, activity, versions.effects, subject, split: split, control: control,
      restored: versions.restored, frameless: frameless, local: local)
    self.needs = needs
    let demand = Demand(needs, reversals, saved)
    // What is kept decides what else the forward sweep computes anyway, and that what is worth keeping.
    needs.assume(kept: needs.itemsToKeep(for: demand.items), for: demand.items)
    let kept = needs.itemsToKeep(for: demand.items)
    var availability: [Item: Availability] = [:]
    var table = SlotTable(subject)
    // What is reached from the demands without passing through a kept item is recomputed.
    var work = demand.items
    while let item = work.popLast() {
      guard availability[item] == nil else { continue }
      if needs.isFree(item) {
        availability[item] = .free
      } else if kept.contains(item) {
        let (type, lanes) = Self.storage(item, subject, versions.activity.request.width, reversals)
        table.add(item, type, lanes: lanes, chain: needs.storageChain(item))
        availability[item] = .kept(table.slotOf[item]!)
      } else {
        availability[item] = .recomputed
        work += needs.dependencies(of: item) ?? []
      }
    }
    // Counts of loops that the slots run over are wanted where they are entered backwards; they were demanded.
    self.availability = availability
    self.table = table
  }

  /// Is what is kept outside loops in a frame on the tape? Where the sweeps are in one function, it is in registers; but finding
  /// registers for very many values, each alive from one end to the other, takes the square of the time.
  package var hasFrame: Bool { split || table.groups[0].slots.count > 200 }

  /// Does the augmented function keep nothing for the reverse one?
  package var isFrameless: Bool { table.slots.isEmpty }

  /// What a recomputed item is computed from.
  package func dependencies(of item: Item) -> [Item] { needs.dependencies(of: item) ?? [] }

  static func control(
    _ s: Subject, _ activity: Activity, _ reversals: [Reversal], _ saved: Set<Int>
  ) -> ReverseControl {
    var relevant = [Bool](repeating: false, count: s.cfg.count)
    var activePhi = relevant
    for (n, r) in reversals.enumerated() {
      if saved.contains(n) { relevant[s.blockOf[n]] = true }
      guard !r.isNothing else { continue }
      relevant[s.blockOf[n]] = true
      if s.instructions[n].opcode == .invoke, let b = s.returnBlock(of: s.blockOf[n]) { relevant[b] = true }
      if s.instructions[n].isPhi { activePhi[s.blockOf[n]] = true }
    }
    return ReverseControl(s, isRelevant: relevant, hasActivePhi: activePhi)
  }

  private static func unfinished(_ s: Subject, _ reversals: [Reversal], _ versions: Versions) -> Set<Int> {
    let graph = versions.program.graph
    lazy var mine = Set(s.values.compactMap { graph.cell(of: $0)?.node })
    return Set(
      s.instructions.indices.filter { n in
        let i = s.instructions[n]
        guard i.opcode == .invoke, !reversals[n].isNothing else { return false }
        return versions.effects.written(by: i, in: s).nodes.contains {
          versions.activity.isActive(node: $0) && (mine.contains($0) || graph.isExternal($0))
        }
      })
  }

  private static func facts(_ s: Subject, _ reversals: [Reversal], _ versions: Versions) -> [Int: Int] {
    var facts: [Int: Int] = [:]
    for (n, r) in reversals.enumerated() {
      guard case .custom(let shape) = r, shape.augmented.isLibrary else { continue }
      facts[n] = s.instructions[n].arguments.enumerated().reduce(0) { bits, a in
        let (k, v) = a
        let holds =
          v.type.isPointer ? versions.effects.mayChange(v, after: n, in: s) : versions.activity.isActive(v, in: s)
        return holds ? bits | 1 << k : bits
      }
    }
    return facts
  }

  private static func storage(
    _ item: Item, _ s: Subject, _ width: Int, _ reversals: [Reversal]
  ) -> (Type, Int) {
    let context = s.function.context
    switch item {
    case .primal(let id): return (s.values[id].type, 1)
    case .shadow(let id): return (s.values[id].type, width)
    case .predecessor(let b): return (s.predecessorType(b), 1)
    case .saved(let n):
      let i = s.instructions[n]
      return (i.opcode == .store ? i.operand(0).type : context.bytePointer, 1)
    case .trips: return (context.i64, 1)
    case .frame(let n):
      if case .custom(let shape) = reversals[n], let t = shape.tapeType { return (t, 1) }
      return (context.bytePointer, 1)
    case .base: return (context.bytePointer, 1)
    }
  }
}

extension Reversal {
  package var isNothing: Bool {
    if case .nothing = self { true } else { false }
  }
}
