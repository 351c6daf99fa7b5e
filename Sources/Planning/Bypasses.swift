package import Analysis
package import IR

/// Edges back from a block `J` to a predecessor `B` on which `B` need not be reversed: what `B` computes is used only where
/// control did not go, so that it has no adjoint.
///
/// ```
/// B: d = x[i] - x[j]                 if nothing was added to f, nothing flows back to x
///    if (d < cutoff) ─▶ T: f += g(d)
///    ▼                  │
///    J ◀────────────────┘
/// ```
struct Bypasses {
  let subject: Subject
  let reversals: [Reversal]
  let saved: Set<Int>
  /// Loads that take part in delayed sums, which go on in every iteration.
  let delayed: Set<Int>

  /// For each block the predecessors that need not be reversed if control comes back from it.
  func find(_ control: ReverseControl) -> [Int: Set<Int>] {
    var result: [Int: Set<Int>] = [:]
    for j in control.order {
      guard case .choose(let list) = control.exits[j] else { continue }
      for b in list where canBeSkipped(b, comingFrom: j) { result[j, default: []].insert(b) }
    }
    return result
  }

  private func canBeSkipped(_ b: Int, comingFrom j: Int) -> Bool {
    // The ways on from `b` on which control was not.
    let others = subject.cfg.successors[b].filter { $0 != j && subject.cfg.predecessors[$0] == [b] }
    guard !others.isEmpty else { return false }
    var any = false
    for n in subject.range[b] {
      if saved.contains(n) { return false }
      let i = subject.instructions[n]
      if i.isPhi || reversals[n].isNothing { continue }
      switch reversals[n] {
      case .rule, .value, .bits, .load: break
      default: return false
      }
      guard !delayed.contains(n),
        i.value.users.allSatisfy({ isUsedElsewhere($0, of: i, b, others) })
      else { return false }
      any = true
    }
    return any
  }
  private func isUsedElsewhere(_ user: Value, of i: Instruction, _ b: Int, _ others: [Int]) -> Bool {
    guard let u = user.instruction, let x = subject.cfg.number(of: u.block) else { return true }
    if x == b && !u.isPhi { return true }
    // What carries no adjoint does not count.
    let n = subject.id(u) - subject.parameterCount
    if reversals[n].isNothing && !u.isTerminator && !u.isPhi { return true }
    guard u.isPhi else {
      return u.opcode == .br || u.opcode == .switch
        || others.contains { subject.dominators.dominates($0, x) }
    }
    return u.incoming.allSatisfy { v, from in
      guard v == i.value, let z = subject.cfg.number(of: from) else { return true }
      return others.contains { subject.dominators.dominates($0, z) }
    }
  }
}
