package import Analysis
package import IR

/// Where the reverse sweep goes after it has reversed a block.
package enum ReverseExit {
  /// The entry block: the reverse sweep is over.
  case end
  /// The only block it can have come from, as far as anything has to be reversed.
  case jump(Int)
  /// A loop header: to the latch while iterations remain, then to the preheader.
  case header(loop: Int, preheader: Int, latch: Int)
  /// One of several predecessors, numbered in this order.
  case choose([Int])
}

/// How the control flow of a subject is run backwards: block by block, skipping regions in which nothing
/// has to be reversed.
package struct ReverseControl {
  package let exits: [Int: ReverseExit]
  /// Blocks the reverse sweep passes, in the order found (the returning block first).
  package let order: [Int]
  /// For the choices that follow from conditions.
  package let decisions: [Int: Decision]

  /// - Parameters:
  ///   - isRelevant: has the block anything to be reversed?
  ///   - hasActivePhi: does it merge values that carry derivatives?
  package init(_ s: Subject, isRelevant: [Bool], hasActivePhi: [Bool]) {
    var exits: [Int: ReverseExit] = [:]
    var order: [Int] = []
    var decisions: [Int: Decision] = [:]
    if let e = s.exit {
      var work = [e]
      var seen: Set<Int> = [e]
      while let b = work.popLast() {
        order.append(b)
        let exit = Self.exit(of: b, s, isRelevant, hasActivePhi)
        exits[b] = exit
        let targets: [Int]
        switch exit {
        case .end: targets = []
        case .jump(let t): targets = [t]
        case .header(_, let p, let l): targets = [p, l]
        case .choose(let list):
          targets = list
          if let d = Self.decision(of: b, list, s) { decisions[b] = d }
        }
        for t in targets where seen.insert(t).inserted { work.append(t) }
      }
    }
    self.exits = exits
    self.order = order
    self.decisions = decisions
  }

  private static func exit(of b: Int, _ s: Subject, _ relevant: [Bool], _ activePhi: [Bool]) -> ReverseExit {
    let predecessors = s.cfg.predecessors[b]
    if predecessors.isEmpty { return .end }
    if let l = s.loops.innermost[b], s.loops.loops[l].header == b {
      return .header(loop: l, preheader: s.loops.loops[l].preheader!, latch: s.loops.loops[l].latches[0])
    }
    let leavesLoop = predecessors.contains { s.loops.innermost[$0] != s.loops.innermost[b] }
    if predecessors.count == 1 && !leavesLoop { return .jump(predecessors[0]) }
    if !activePhi[b], let d = skip(from: b, s, relevant) { return .jump(d) }
    return predecessors.count == 1 ? .jump(predecessors[0]) : .choose(predecessors)
  }

  /// The nearest dominator in the same loops such that nothing in between has to be reversed.
  private static func skip(from b: Int, _ s: Subject, _ relevant: [Bool]) -> Int? {
    var d = s.dominators.parent[b]
    while d != 0, let l = s.loops.innermost[d], !s.loops.contains(l, b) { d = s.dominators.parent[d] }
    if let l = s.loops.innermost[d], !s.loops.contains(l, b) { return nil }
    var seen: Set<Int> = [b, d]
    var work = s.cfg.predecessors[b]
    while let x = work.popLast() {
      guard seen.insert(x).inserted else { continue }
      if relevant[x] { return nil }
      work += s.cfg.predecessors[x]
    }
    return d
  }

  /// How the predecessor follows from conditions that can be had again.
  private static func decision(of b: Int, _ predecessors: [Int], _ s: Subject) -> Decision? {
    let d = s.dominators.parent[b]
    guard s.loops.innermost[d] == s.loops.innermost[b] else { return nil }
    var named: Set<Int> = []
    guard let decision = decide(at: d, from: d, b, predecessors, s, 0, &named), named.count == predecessors.count
    else { return nil }
    return decision
  }

  /// What the terminator of `x` decides; nil if it does not, or by a condition that may not be evaluated
  /// unless control was there.
  private static func decide(
    at x: Int, from d: Int, _ b: Int, _ predecessors: [Int], _ s: Subject, _ depth: Int, _ named: inout Set<Int>
  ) -> Decision? {
    let t = s.terminator(x)
    guard depth < 4, t.isConditionalBranch || t.opcode == .switch else { return nil }
    if x != d, !isHarmless(t.condition, d, s) { return nil }
    var outcomes: [Decision] = []
    for successor in t.successors {
      let y = s.cfg.number(of: successor)!
      if y == b {
        guard let n = predecessors.firstIndex(of: x) else { return nil }
        named.insert(n)
        outcomes.append(.predecessor(n))
        continue
      }
      guard s.cfg.predecessors[y] == [x] else { return nil }
      let through = predecessors.indices.filter { s.dominators.dominates(y, predecessors[$0]) }
      switch through.count {
      case 0: outcomes.append(.predecessor(0))
      case 1:
        named.insert(through[0])
        outcomes.append(.predecessor(through[0]))
      default:
        // What comes before all of them decides nothing.
        let z = through.dropFirst().reduce(predecessors[through[0]]) { s.dominators.common($0, predecessors[$1]) }
        guard s.loops.innermost[z] == s.loops.innermost[d],
          let inner = decide(at: z, from: d, b, predecessors, s, depth + 1, &named)
        else { return nil }
        outcomes.append(inner)
      }
    }
    return .branch(block: x, outcomes)
  }

  /// A comparison of values that are there before block `d` ends can be evaluated wherever `d` was passed.
  private static func isHarmless(_ condition: Value, _ d: Int, _ s: Subject) -> Bool {
    guard let id = s.id(condition) else { return true }
    if s.dominators.dominates(s.blockOfAvailability(id), d) { return true }
    guard let i = s.instruction(id), i.opcode == .icmp || i.opcode == .fcmp else { return false }
    return i.operands.allSatisfy { o in s.id(o).map { s.dominators.dominates(s.blockOfAvailability($0), d) } ?? true }
  }
}

extension Subject {
  /// Holds the number of any predecessor of the block.
  package func predecessorType(_ b: Int) -> Type {
    let context = function.context
    return cfg.predecessors[b].count <= 256 ? context.i8 : context.i32
  }
}

/// From which predecessor a block was entered, as a tree over branches that were passed before it.
package indirect enum Decision {
  case predecessor(Int)
  /// The terminator of a block, with what each of its successors means.
  case branch(block: Int, [Decision])

  /// The blocks whose conditions are looked at.
  package var blocks: [Int] {
    switch self {
    case .predecessor: []
    case .branch(let b, let outcomes): [b] + outcomes.flatMap(\.blocks)
    }
  }
}
