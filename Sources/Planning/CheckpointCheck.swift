package import Analysis
package import IR

/// Finds what stands in the way of doing the steps of a checkpointed loop again: what a step changes must be in a
/// region, and what it reads besides must still be there when the loop is reversed.
package struct CheckpointCheck {
  private let program: Program
  private let activity: Activity
  private let effects: MemoryEffects
  private let loop: Subject
  private let steps: [Subject]
  private let returning: Set<Int>
  private let regions: Set<Int>
  /// Objects that are known outside of a step.
  private let shared: Set<Int>

  package init?(_ program: Program, _ activity: Activity, _ effects: MemoryEffects, _ loop: Subject) {
    guard let shape = loop.checkpointedLoop, let call = loop.stepCall, let f = call.callee,
      let step = program.subject(of: f)
    else { return nil }
    self.program = program
    self.activity = activity
    self.effects = effects
    self.loop = loop
    let graph = program.graph
    let regions = Set(
      (0..<shape.regions).compactMap { k in
        graph.cell(of: loop.function.parameter(shape.region(k).pointer))?.node
      })
    self.regions = regions
    var steps = [step]
    var next = 0
    while next < steps.count {
      for i in steps[next].instructions {
        for t in program.bodies(of: i) ?? [] where !steps.contains(where: { $0 === t }) {
          steps.append(t)
        }
      }
      next += 1
    }
    self.steps = steps
    returning = Self.returningBlocks(step)
    var shared: Set<Int> = []
    var work = Array(regions)
    for s in program.subjects where !steps.contains(where: { $0 === s }) {
      for v in s.values { if let c = graph.cell(of: v) { work.append(c.node) } }
    }
    while let n = work.popLast() {
      if shared.insert(n).inserted { work += graph.pointees(n).map(\.node) }
    }
    self.shared = shared
  }

  /// The blocks of the step from which it returns. What an exception leaves is not reversed.
  private static func returningBlocks(_ step: Subject) -> Set<Int> {
    var seen: Set<Int> = []
    var work = step.exit.map { [$0] } ?? []
    while let b = work.popLast() {
      if seen.insert(b).inserted { work += step.cfg.predecessors[b] }
    }
    return seen
  }
  private func isReversed(_ i: Instruction, _ s: Subject) -> Bool {
    s !== steps[0] || returning.contains(s.blockOf[s.id(i) - s.parameterCount])
  }
  private func isOfStep(_ n: Int) -> Bool { program.graph.isPrivate(n) && !shared.contains(n) }

  /// - Parameter forward: the loop is not reversed.
  package func refusals(forward: Bool = false) -> [Diagnostic] {
    var list: [Diagnostic] = []
    if let shape = loop.checkpointedLoop, shape.kind == .fixedPoint,
      !FixedPointState.isKnown(loop, shape, program, activity)
    {
      list.append(Diagnostic(Messages.stateUnknown(steps[0].original.name), in: steps[0].original))
    }
    for s in steps {
      for (i, nodes, external) in effects.writes(in: s) where isReversed(i, s) {
        if let text = complaint(i, nodes, external) {
          list.append(Diagnostic(text, at: i, in: s.original, location: i.sourceLocation))
        }
      }
      if !forward { list += overwrittenReads(s) }
    }
    return list
  }

  private func complaint(_ i: Instruction, _ nodes: Set<Int>, _ external: Bool) -> String? {
    if isInactive(i) { return nil }
    let step = steps[0].original.name
    if external { return Messages.stepCallsOut(step, i) }
    let foreign = nodes.filter { !isOfStep($0) }
    if foreign.contains(where: { !regions.contains($0) }) {
      return Messages.stepWritesOutside(step, loop.checkpointedLoop!.kind)
    }
    let movesPointers: Bool
    if i.opcode == .store {
      movesPointers =
        i.operand(0).type.containsPointer || program.graph.cell(of: i.operand(0)) != nil
    } else {
      movesPointers = foreign.contains { !program.graph.pointees($0).isEmpty }
    }
    return movesPointers && !foreign.isEmpty ? Messages.stepMovesPointers(step) : nil
  }
  /// Is it declared to have nothing to do with the derivative?
  private func isInactive(_ i: Instruction) -> Bool {
    guard i.isCall else { return false }
    switch program.knowledge.target(of: i) {
    case .inactiveSite: return true
    case .known(let k, _): if case .inactive = k.kind { return true } else { return false }
    default: return false
    }
  }

  private func overwrittenReads(_ s: Subject) -> [Diagnostic] {
    // What is inactive is called as often as the step, and taken at its word.
    let after = effects.apartFromInactive.writtenAfter(loop)
    guard !after.nodes.isEmpty || after.external else { return [] }
    for i in s.instructions where i.mayReadMemory && !isInactive(i) && isReversed(i, s) {
      for o in i.operands {
        guard let n = program.graph.cell(of: o)?.node, !isOfStep(n), !regions.contains(n) else {
          continue
        }
        if after.nodes.contains(n) || after.external && program.graph.isExternal(n) {
          return [
            Diagnostic(
              Messages.stepReadsOverwritten(steps[0].original.name), at: i, in: s.original,
              location: i.sourceLocation)
          ]
        }
      }
    }
    return []
  }
}
