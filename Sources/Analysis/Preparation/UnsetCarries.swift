internal import IR

/// Values that seem to go from one iteration of a loop to the next, but have never been set where they do. They come from a
/// read of memory that every iteration fills, if it does anything with it at all:
///
/// ```
/// loop:  p = phi [undef, before], [v, latch]
///        br c, set, join                         c is the same in all iterations
/// join:  v = phi [p, loop], [x, set]             where p is taken, it has always been
/// ```
enum UnsetCarries {
  static func remove(from f: Function) {
    let cfg = ControlFlowGraph(f)
    let dominators = DominatorTree(cfg)
    let loops = LoopTree(cfg, dominators)
    for (l, loop) in loops.loops.enumerated() where loop.latches.count == 1 {
      for phi in cfg.blocks[loop.header].phis {
        let incoming = phi.incoming
        guard let k = incoming.firstIndex(where: { $0.value.isUndefOrPoison }), incoming.count == 2 else { continue }
        guard cfg.number(of: incoming[1 - k].block) == loop.latches[0],
          let next = incoming[1 - k].value.instruction, next.isPhi,
          let join = cfg.number(of: next.block), join != loop.header, loops.innermost[join] == l
        else { continue }
        let users = phi.value.users.compactMap(\.instruction)
        guard users.contains(next), users.allSatisfy({ $0.isPhi && $0.block == next.block }) else { continue }
        let d = dominators.parent[join]
        guard loops.innermost[d] == l, let t = cfg.blocks[d].terminator, t.isConditionalBranch,
          isOutside(t.condition, l, cfg, loops)
        else { continue }
        let unset = users.flatMap { $0.incoming.filter { $0.value == phi.value } }
        let isTold = unset.allSatisfy { _, from in
          guard let e = cfg.number(of: from) else { return false }
          return e == d || cfg.predecessors[e] == [d] && cfg.successors[e] == [join]
        }
        guard isTold, Set(unset.map(\.block)).count == 1 else { continue }
        phi.value.replaceAllUses(with: incoming[k].value)
        phi.erase()
      }
    }
  }

  private static func isOutside(_ v: Value, _ l: Int, _ cfg: ControlFlowGraph, _ loops: LoopTree) -> Bool {
    guard let i = v.instruction, let b = cfg.number(of: i.block) else { return true }
    return !loops.contains(l, b)
  }
}
