package import Analysis

/// Where the adjoints of values that are used in several blocks begin to be numbers: a life that begins shortly before the first share
/// arrives keeps the work of finding registers small.
package struct AdjointLives {
  private let subject: Subject
  private let isReversed: Set<Int>
  private let isBypassed: Set<Int>
  private let dominators: ReverseDominators

  init(_ subject: Subject, _ control: ReverseControl, _ bypasses: [Int: Set<Int>]) {
    self.subject = subject
    isReversed = Set(control.order)
    isBypassed = Set(bypasses.values.joined())
    dominators = ReverseDominators(control)
  }

  /// The block at whose beginning, backwards, the adjoint is set to zero; nil for the beginning of the function.
  package func start(of id: Int) -> Int? {
    let home = subject.block(id)
    var blocks: [Int] = []
    var carrying: Set<Int> = []
    for u in subject.values[id].users {
      guard let i = u.instruction, let b = subject.cfg.number(of: i.block) else { continue }
      // What is returned gets its adjoint before the sweep begins.
      if i.opcode == .ret { return nil }
      blocks.append(b)
      if i.opcode == .invoke, let r = subject.returnBlock(of: b) { blocks.append(r) }
      // A share of one iteration is read in another.
      if i.isPhi, let l = subject.loops.innermost[b], subject.loops.loops[l].header == b,
        subject.loops.contains(l, home)
      {
        carrying.insert(l)
      }
    }
    return start(blocks, home, outside: carrying)
  }

  /// The block to which the sweep comes before any of these and the last, in no loop that the last is not in.
  private func start(_ list: [Int], _ last: Int, outside carrying: Set<Int>) -> Int? {
    guard isReversed.contains(last), var b = dominators.common((list + [last]).filter(isReversed.contains)) else {
      return nil
    }
    func isTooDeep(_ b: Int) -> Bool {
      subject.loops.chain(b).contains {
        !subject.loops.contains($0, last) || carrying.contains($0) || !leavesAtLatch($0)
      }
    }
    while isTooDeep(b) || isBypassed.contains(b) {
      let up = dominators.above(b)
      if up == b { return nil }
      b = up
    }
    return b
  }

  /// Is the loop left only at its end? Others are entered backwards in the middle, so that what is passed first may come
  /// last in an iteration.
  private func leavesAtLatch(_ l: Int) -> Bool {
    let loop = subject.loops.loops[l]
    return loop.blocks.allSatisfy { b in
      loop.latches == [b] || subject.cfg.successors[b].allSatisfy { subject.loops.contains(l, $0) }
    }
  }
}
