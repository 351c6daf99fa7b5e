package import Analysis
package import IR
internal import Rules

/// Decides, for the memory of a whole program, what is worth keeping: a value per load, or a version of
/// the memory per store. An object whose versions are kept is *restored* in the reverse sweep: each
/// store saves what it overwrites, and its reversal puts it back, so that every load can be done again.
package final class Versions {
  package let program: Program
  package let activity: Activity
  package let effects: MemoryEffects
  package private(set) var reversals: [Function: [Reversal]] = [:]
  /// Restored objects.
  package private(set) var restored: Set<Int> = []
  /// Objects that the reverse sweep may read again: their memory must outlive the forward sweep.
  package private(set) var read: Set<Int> = []
  package private(set) var savedStores: [Function: Set<Int>] = [:]
  /// Loops of the root that are swept forward and back iteration by iteration.
  package let local: [Int]

  /// - Throws: `Refusal` with everything in the program that cannot be reversed.
  package init(
    _ program: Program, _ activity: Activity, _ effects: MemoryEffects, split: Bool, local: [Int] = []
  ) throws {
    self.program = program
    self.local = local
    effects.local = local
    self.activity = activity
    self.effects = effects
    var refusals: [Diagnostic] = []
    for s in program.subjects {
      var classifier = ReversalClassifier(program, activity, s)
      reversals[s.original] = s.instructions.map { classifier.classify($0) }
      refusals += classifier.refusals
    }
    for s in program.subjects where s.checkpointedLoop != nil {
      refusals += CheckpointCheck(program, activity, effects, s)?.refusals() ?? []
    }
    if !refusals.isEmpty { throw Refusal(refusals) }
    for l in local { read.formUnion(LocalLoops.objects(in: l, program)) }
    choose(split)
  }

  private func choose(_ split: Bool) {
    // Which loads does the reverse sweep reach, if nothing but them is kept?
    var loads: [Int: [(Instruction, Subject, Double)]] = [:]
    for (k, s) in program.subjects.enumerated() {
      let r = reversals[s.original]!
      let control = ReversePlan.control(s, activity, r, [])
      let needs = NeedGraph(
        program, activity, effects, s, split: split || k > 0, control: control, restored: [],
        local: k == 0 ? local : [])
      // Rules read what they have not copied.
      for (n, r) in reversals[s.original]!.enumerated() {
        guard case .custom(let shape) = r, shape.augmented.isLibrary else { continue }
        read.formUnion(s.instructions[n].arguments.compactMap { $0.type.isPointer ? needs.node($0) : nil })
      }
      for (load, overwritten) in reachedLoads(needs, Demand(needs, r, []).items) {
        guard let n = needs.node(load.operand(0)) else { continue }
        read.insert(n)
        let weight = needs.weight(s.loops.chain(s.blockOf[s.id(load) - s.parameterCount]))
        if overwritten {
          loads[n, default: []].append((load, s, Double(program.module.dataLayout.storeSize(load.type)) * weight))
        }
      }
    }
    for n in loads.keys.sorted() where isRestorable(n) { decide(n, loads[n]!) }
  }

  /// All loads that recomputation of the demands would repeat.
  private func reachedLoads(_ needs: NeedGraph, _ demands: [Item]) -> [(Instruction, Bool)] {
    var result: [(Instruction, Bool)] = []
    var seen: Set<Item> = []
    var work = demands
    while let item = work.popLast() {
      guard seen.insert(item).inserted else { continue }
      if case .primal(let id) = item, let i = needs.subject.instruction(id), i.opcode == .load {
        let overwritten = !i.isVolatile && !i.isAtomic && !needs.isReloadable(i)
        result.append((i, overwritten))
        work += needs.primal(i.operand(0))
      } else {
        work += needs.dependencies(of: item) ?? []
      }
    }
    return result
  }

  /// Can every write to the object be undone, and does nobody see it undone?
  private func isRestorable(_ n: Int) -> Bool {
    guard program.graph.isPrivate(n), program.graph.pointees(n).allSatisfy({ !activity.needsShadow(node: $0.node) })
    else { return false }
    for s in program.subjects {
      for w in effects.writers(of: n, in: s) {
        switch w.opcode {
        case .store: if w.isVolatile || w.isAtomic { return false }
        case .call, .invoke:
          if program.bodies(of: w) != nil {
            // The callee's own stores are undone by its reverse half, if it has one and the two are planned together:
            // what is reached through a pointer was planned for itself.
            if case .indirect = program.knowledge.target(of: w) { return false }
            guard case .call = reversals[s.original]![s.id(w) - s.parameterCount] else { return false }
            continue
          }
          guard case .known(let k, _) = program.knowledge.target(of: w), case .memory = k.kind else { return false }
        default: return false
        }
      }
    }
    return true
  }

  private func decide(_ n: Int, _ loads: [(Instruction, Subject, Double)]) {
    var stores: [(Instruction, Subject)] = []
    var price = 0.0
    for s in program.subjects {
      // Most stores follow the first load.
      let mine = loads.filter { $0.1 === s }.map { s.id($0.0) - s.parameterCount }.sorted()
      let writers = effects.writers(of: n, in: s)
      func isAfterRead(_ w: Instruction) -> Bool {
        mine.contains { effects.mayFollow(s.id(w) - s.parameterCount, $0, in: s) }
      }
      // What the function stores before it reads comes after what it read in an earlier run, or in the one that called it.
      let after = effects.writtenAfter(s)
      let runsAgain =
        after.nodes.contains(n) || after.external
        || writers.contains { program.bodies(of: $0) != nil && isAfterRead($0) }
      let elsewhere = loads.count > mine.count
      for w in writers where program.bodies(of: w) == nil {
        guard elsewhere || runsAgain || isAfterRead(w)
        else { continue }
        stores.append((w, s))
        let size = w.opcode == .store ? program.module.dataLayout.storeSize(w.operand(0).type) : 256
        let chain = s.loops.chain(s.blockOf[s.id(w) - s.parameterCount])
        price += Double(size) * s.estimatedRuns(within: chain)
      }
    }
    let keeping = loads.reduce(0) { $0 + $1.2 }
    guard price <= keeping else { return }
    restored.insert(n)
    for (w, s) in stores { savedStores[s.original, default: []].insert(s.id(w) - s.parameterCount) }
  }
}
