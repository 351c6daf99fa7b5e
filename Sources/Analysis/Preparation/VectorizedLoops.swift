package import IR

/// Loops that LLVM's loop vectoriser has doubled: a loop over vectors for most iterations, and the loop as it was for
/// the rest.
///
/// ```
///        guard ──(few iterations, or pointers that overlap)──┐
///          │                                                 ▼
///   vector preparation ─▶ vector loop ─▶ middle ──(rest)─▶ start of the scalar loop ─▶ scalar loop
///                                          └──────────────────────── end ◀───────────────┘
/// ```
/// The scalar loop is the original and can do all iterations: that is what the guard sends there. So the guard is made
/// to send everything there, and the vector loop is dead. The same program then has the same subject whether it was
/// vectorised or not, the accesses of its loops are affine in one counter, and derivatives are vectorised afterwards
/// in the shape that suits them.
///
/// The vectoriser marks both loops. That two such loops belong together is read off the shape above, and off their
/// work: per key (operation, callee, constant) the vector loop has the scalar loop's, the same number of times each.
struct VectorizedLoops {
  private let cfg: ControlFlowGraph
  private let dominators: DominatorTree
  private let loops: LoopTree

  /// Takes the vector loops out of a function in which nothing has been analysed. Leaves unreachable blocks.
  static func undo(in f: Function) {
    guard f.blocks.contains(where: { $0.terminator?.isOfVectorizedLoop ?? false }) else { return }
    let all = VectorizedLoops(f)
    // Pairs have no block in common, and a vector loop less makes blocks dominate more, never less.
    for l in all.loops.loops.indices where all.isMarked(l) {
      all.undo(l, Builder(module: f.module))
    }
  }

  private init(_ f: Function) {
    cfg = ControlFlowGraph(f)
    dominators = DominatorTree(cfg)
    loops = LoopTree(cfg, dominators)
  }

  private func isMarked(_ l: Int) -> Bool {
    loops.loops[l].latches.count == 1
      && cfg.blocks[loops.loops[l].latches[0]].terminator!.isOfVectorizedLoop
  }

  private func undo(_ l: Int, _ builder: Builder) {
    guard let start = loops.loops[l].preheader, let g = bypass(to: start, l) else { return }
    let branch = cfg.blocks[g].terminator!
    let other = branch.successors.first { $0 != cfg.blocks[start] }!
    for p in other.phis {
      for (k, x) in p.incoming.enumerated().reversed() where x.block == cfg.blocks[g] {
        p.removeIncoming(k)
      }
    }
    builder.position(before: branch)
    builder.br(cfg.blocks[start])
    branch.erase()
    // What is known about the rest of a vectorised loop does not hold for all of it.
    cfg.blocks[loops.loops[l].latches[0]].terminator!.removeMetadata("llvm.loop")
  }

  /// The block whose branch chooses between a vector loop and the scalar loop `l`, which starts at `start`.
  private func bypass(to start: Int, _ l: Int) -> Int? {
    // The outermost of several guards comes first in reverse postorder.
    let guards = cfg.predecessors[start].filter { p in
      cfg.blocks[p].terminator!.isConditionalBranch && cfg.successors[p].count == 2
        && dominators.dominates(p, start) && loops.innermost[p] == loops.innermost[start]
    }
    guard let g = guards.min() else { return nil }
    let other = cfg.successors[g].first { $0 != start }!
    guard cfg.predecessors[other].allSatisfy({ $0 == g || dominators.dominates(other, $0) }) else {
      return nil
    }
    // What the guard protects: one vector loop, and nothing else that has an effect.
    let region = Set(cfg.blocks.indices.filter { dominators.dominates(other, $0) })
    let inner = loops.loops.indices.filter { region.contains(loops.loops[$0].header) }
    guard inner.count == 1, let v = inner.first, isMarked(v), doSameWork(v, l) else { return nil }
    let ends = Set(
      loops.loops[l].blocks.flatMap { cfg.successors[$0] }.filter { !loops.contains(l, $0) })
    for b in region {
      if !loops.contains(v, b),
        cfg.blocks[b].instructions.contains(where: { !$0.isTerminator && $0.mayHaveSideEffects })
      {
        return nil
      }
      // From there control goes to where the scalar loop begins or ends.
      if cfg.successors[b].isEmpty { return nil }
      for s in cfg.successors[b] where !region.contains(s) && s != start && !ends.contains(s) {
        return nil
      }
    }
    return g
  }

  // MARK: The same work

  private enum Work: Hashable {
    case operation(Opcode)
    case call(Substring)
    case read(Value), written(Value)
  }
  private func doSameWork(_ v: Int, _ l: Int) -> Bool {
    let (vector, vectorConstants) = work(of: v)
    let (scalar, scalarConstants) = work(of: l)
    guard let (key, count) = scalar.first, let total = vector[key], total > count,
      total % count == 0
    else { return false }
    return vectorConstants == scalarConstants && vector == scalar.mapValues { $0 * (total / count) }
  }
  /// How much of what a loop does in an iteration, in elements; and the numbers it does it with.
  private func work(of l: Int) -> ([Work: Int], Set<Double>) {
    var list: [Work: Int] = [:]
    var constants: Set<Double> = []
    for b in loops.loops[l].blocks {
      for i in cfg.blocks[b].instructions {
        let type = i.opcode == .store ? i.operand(0).type : i.type
        let lanes = type.isVector ? type.count : 1
        switch i.opcode {
        case .load: list[.read(i.operand(0).underlyingObject), default: 0] += lanes
        case .store: list[.written(i.operand(1).underlyingObject), default: 0] += lanes
        case .call: list[.call(operation(i)), default: 0] += lanes
        case let o where o.isFloatArithmetic || o == .fcmp: list[.operation(o), default: 0] += lanes
        default: break
        }
        guard !i.isPhi else { continue }
        for o in i.operands where o.type.isFloatOrVector {
          constants.formUnion(o.floatConstants ?? [])
        }
      }
    }
    return (list, constants)
  }
  /// The name of what is called, without the types of an intrinsic.
  private func operation(_ i: Instruction) -> Substring {
    guard let name = i.intrinsicName else { return Substring(i.callee?.name ?? "") }
    return name.split(separator: ".").prefix(2).joined(separator: ".")[...]
  }
}

extension Instruction {
  /// Does the vectoriser say that it has dealt with the loop that this branch closes?
  fileprivate var isOfVectorizedLoop: Bool {
    opcode == .br && metadataStrings("llvm.loop").contains("llvm.loop.isvectorized")
  }
}
