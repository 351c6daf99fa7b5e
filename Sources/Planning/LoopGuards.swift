package import Analysis
package import IR

/// Conditions under which a loop is entered, in one iteration of the loop around it. A loop's trip count
/// means something only where they hold.
struct LoopGuard {
  let condition: Value
  /// What the condition must be.
  let value: Bool
}

extension Subject {
  /// The conditions that together say whether an iteration of the loop around enters the loop; nil if that
  /// is not decided by conditions alone.
  func guards(of loop: Int) -> [LoopGuard]? {
    guard let outer = loops.loops[loop].parent else { return [] }
    let header = loops.loops[outer].header
    var list: [LoopGuard] = []
    var b = loops.loops[loop].preheader!
    while b != header {
      let d = dominators.parent[b]
      if alwaysReaches(d, b, in: outer) {
        b = d
        continue
      }
      let t = terminator(d)
      guard t.isConditionalBranch, loops.contains(outer, d) else { return nil }
      let successors = t.successors.map { cfg.number(of: $0)! }
      guard let k = successors.firstIndex(where: { cfg.predecessors[$0] == [d] && dominators.dominates($0, b) }),
        successors[k] == b || alwaysReaches(successors[k], b, in: outer)
      else { return nil }
      list.append(LoopGuard(condition: t.condition, value: k == 0))
      b = d
    }
    return list
  }

  /// Do all ways from `a` lead to `b` within one iteration of the loop?
  func alwaysReaches(_ a: Int, _ b: Int, in outer: Int) -> Bool {
    var seen: Set<Int> = [a]
    var work = [a]
    while let x = work.popLast() {
      if terminator(x).opcode == .ret { return false }
      for s in cfg.successors[x] where s != b {
        if s == loops.loops[outer].header || !loops.contains(outer, s) { return false }
        if seen.insert(s).inserted { work.append(s) }
      }
    }
    return true
  }
}
