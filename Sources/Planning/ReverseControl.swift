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
  /// For a choice made by one condition: the block whose terminator decides, and the predecessor number for each
  /// successor number.
  package let deciders: [Int: (block: Int, choice: [Int])]

  /// - Parameters:
  ///   - isRelevant: has the block anything to be reversed?
  ///   - hasActivePhi: does it merge values that carry derivatives?
  package init(_ s: Subject, isRelevant: [Bool], hasActivePhi: [Bool]) {
    var exits: [Int: ReverseExit] = [:]
    var order: [Int] = []
    var deciders: [Int: (block: Int, choice: [Int])] = [:]
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
          if let d = Self.decider(of: b, list, s) { deciders[b] = d }
        }
        for t in targets where seen.insert(t).inserted { work.append(t) }
      }
    }
    self.exits = exits
    self.order = order
    self.deciders = deciders
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

  /// The dominating block whose condition alone says which predecessor it was.
  private static func decider(of b: Int, _ predecessors: [Int], _ s: Subject) -> (block: Int, choice: [Int])? {
    let d = s.dominators.parent[b]
    guard s.loops.innermost[d] == s.loops.innermost[b] else { return nil }
    let t = s.terminator(d)
    guard t.isConditionalBranch || t.opcode == .switch else { return nil }
    let successors = t.successors.map { s.cfg.number(of: $0)! }
    var choice: [Int] = []
    for x in successors {
      if x == b {
        guard let n = predecessors.firstIndex(of: d) else { return nil }
        choice.append(n)
        continue
      }
      // Everything that comes through this successor must reach the merge from one predecessor.
      guard s.cfg.predecessors[x] == [d] else { return nil }
      let through = predecessors.indices.filter { s.dominators.dominates(x, predecessors[$0]) }
      if through.isEmpty {
        choice.append(-1)
      } else if through.count == 1 {
        choice.append(through[0])
      } else {
        return nil
      }
    }
    // Each predecessor must be named, or it was reached in a way not seen here.
    guard Set(choice).subtracting([-1]).count == predecessors.count else { return nil }
    return (d, choice)
  }
}
