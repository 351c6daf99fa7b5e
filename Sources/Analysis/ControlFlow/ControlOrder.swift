/// What can run after what, answered by looking only at the blocks in between. Loops are natural ones.
final class ControlOrder {
  let cfg: ControlFlowGraph
  let dominators: DominatorTree
  let loops: LoopTree

  init(_ s: Subject) {
    cfg = s.cfg
    dominators = s.dominators
    loops = s.loops
  }

  /// Can block `b` be come to from the end of block `a`?
  func reaches(_ a: Int, _ b: Int) -> Bool {
    let around = loops.chain(a)
    // Inside of one loop everything comes round.
    if around.contains(where: { loops.contains($0, b) }) { return true }
    // A loop that `b` is outside of can go on from its header as well.
    let start = around.first.map { loops.loops[$0].header } ?? a
    if start == b ? start != a : dominators.dominates(start, b) { return true }
    return window(from: start, upTo: place(b, []), []) { dominators.dominates($0, b) }.found
  }
  /// The first block, in reverse postorder, from which `block` can be come to again: the header of the outermost
  /// loop around it.
  func firstBefore(_ block: Int) -> Int? { loops.chain(block).first.map { loops.loops[$0].header } }

  /// The blocks that are come to from the end of `start` before any of `uses` is, within one iteration of the loops around
  /// `start`, and those among them (or `start`) from which the end leads to one of `uses`.
  func between(_ start: Int, _ uses: [Int]) -> (passed: Set<Int>, leading: Set<Int>) {
    let around = loops.chain(start)
    let last = uses.reduce(0) { max($0, place($1, around)) }
    let passed = window(from: start, upTo: last, around) { _ in false }.seen
    var leading: Set<Int> = []
    var work = uses.filter { passed.contains($0) }
    while let b = work.popLast() {
      for p in cfg.predecessors[b] where p == start || passed.contains(p) {
        // The start is not come to again.
        if leading.insert(p).inserted, p != start { work.append(p) }
      }
    }
    return (passed, leading)
  }

  /// Where a block stands if each loop, those of `around` aside, is one step.
  private func place(_ block: Int, _ around: [Int]) -> Int {
    var place = block
    var l = loops.innermost[block]
    while let x = l, !around.contains(x) {
      place = loops.loops[x].header
      l = loops.loops[x].parent
    }
    return place
  }

  /// Goes on from the end of a block, without beginning a new iteration of the given loops around it, and not past
  /// a place; ends at a block that is looked for.
  private func window(
    from start: Int, upTo last: Int, _ around: [Int], _ isGoal: (Int) -> Bool
  ) -> (seen: Set<Int>, found: Bool) {
    let headers = around.map { loops.loops[$0].header }
    var seen: Set<Int> = []
    var work = cfg.successors[start]
    while let b = work.popLast() {
      if headers.contains(b) || place(b, around) > last { continue }
      guard seen.insert(b).inserted else { continue }
      if isGoal(b) { return (seen, true) }
      work += cfg.successors[b]
    }
    return (seen, false)
  }
}
