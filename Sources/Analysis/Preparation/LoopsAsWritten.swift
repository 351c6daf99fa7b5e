package import IR

/// Loops that LLVM has doubled: a loop that does several iterations at a time, by vectors or unrolled, and one for the rest.
///
/// ```
///        guard ──(few iterations, or pointers that overlap)──┐
///          │                                                 ▼
///     preparation ─▶ main loop ─▶ middle ──(a rest)─▶ start of the rest ─▶ loop for the rest
///                                   └─────────────────────── end ◀────────────────┘
/// ```
/// The loop for the rest of a vectorised loop is the original and can do all iterations: that is what the guard sends
/// there. That of an unrolled loop counts to the number of iterations modulo a power of two; let it count to the number
/// itself. So the guard is made to send everything there, and the main loop is dead. The same program then has the same
/// subject whatever it was compiled with, the accesses of its loops are affine in one counter, and derivatives are
/// vectorised afterwards in the shape that suits them.
///
/// LLVM marks these loops. That two of them belong together is read off the shape above, and off their work: per key
/// (operation, callee, constant) the main loop has the other's, the same number of times each.
struct LoopsAsWritten {
  private let cfg: ControlFlowGraph
  private let dominators: DominatorTree
  private let loops: LoopTree
  private let builder: Builder

  /// Restores the loops of a function in which nothing has been analysed. Leaves unreachable blocks.
  static func restore(in f: Function) {
    for mark in [Mark.vectorized, .unrolled] {
      guard f.blocks.contains(where: { $0.terminator?.has(mark) ?? false }) else { continue }
      let all = LoopsAsWritten(f)
      // Pairs have no block in common, and a loop less makes blocks dominate more, never less.
      for l in all.loops.loops.indices where all.isMarked(l, mark) {
        if mark == .vectorized { all.undoVectors(l) } else { all.undoUnrolling(l) }
      }
    }
  }

  private init(_ f: Function) {
    cfg = ControlFlowGraph(f)
    dominators = DominatorTree(cfg)
    loops = LoopTree(cfg, dominators)
    builder = Builder(module: f.module)
  }

  fileprivate enum Mark: String {
    /// On both loops.
    case vectorized = "llvm.loop.isvectorized"
    /// On the loop for the rest.
    case unrolled = "llvm.loop.unroll.disable"
  }
  private func latch(_ l: Int) -> Instruction { cfg.blocks[loops.loops[l].latches[0]].terminator! }
  private func isMarked(_ l: Int, _ mark: Mark) -> Bool {
    loops.loops[l].latches.count == 1 && latch(l).has(mark)
  }

  // MARK: Vectors

  private func undoVectors(_ l: Int) {
    guard let start = loops.loops[l].preheader, let (g, main) = bypass(to: start, l),
      isMarked(main, .vectorized),
      isMultiple(main, of: l) != nil
    else { return }
    send(g, to: start)
    // What is known about the rest does not hold for all of it.
    latch(l).removeMetadata("llvm.loop")
  }

  // MARK: Unrolling

  private func undoUnrolling(_ l: Int) {
    // The branch at the start asks whether there is a rest; the loop counts to it.
    guard let before = loops.loops[l].preheader, let test = exitTest(l),
      let rest = test.value.operands.last,
      let (count, mask) = lowBits(rest)
    else { return }
    let start =
      isQuestion(cfg.blocks[before].terminator!, rest)
      ? before : cfg.predecessors[before].first ?? before
    guard start == before || cfg.predecessors[before].count == 1,
      isQuestion(cfg.blocks[start].terminator!, rest),
      let (g, main) = bypass(to: start, l), isMultiple(main, of: l) == mask + 1,
      countsByOne(l, test), let bound = exitTest(main)?.value.operands.last,
      isRounded(bound, count, mask, rest)
    else { return }
    send(g, to: start)
    // At least one iteration there is: that is why the guard was come to.
    let next = start == before ? loops.loops[l].header : before
    send(start, to: next)
    test.value.setOperand(1, count)
    latch(l).removeMetadata("llvm.loop")
  }

  /// The comparison `x == n` (or `!=`), used for nothing else, that ends the loop at its latch.
  private func exitTest(_ l: Int) -> Instruction? {
    guard loops.loops[l].latches.count == 1 else { return nil }
    let branch = latch(l)
    guard branch.isConditionalBranch, let test = branch.condition.instruction, test.opcode == .icmp,
      test.value.users.count == 1, let b = cfg.number(of: test.block), loops.contains(l, b)
    else { return nil }
    let leavesIfTrue = branch.successors[0] != cfg.blocks[loops.loops[l].header]
    // LLVMIntEQ is 32, LLVMIntNE 33.
    guard test.integerPredicate == (leavesIfTrue ? 32 : 33) else { return nil }
    return test
  }
  /// Is the branch about whether the number is zero?
  private func isQuestion(_ branch: Instruction, _ v: Value) -> Bool {
    guard branch.isConditionalBranch, let test = branch.condition.instruction, test.opcode == .icmp
    else { return false }
    return [32, 33].contains(test.integerPredicate) && test.operand(0) == v
      && test.operand(1).integerConstant == 0
  }
  /// `n & mask`, where the mask is one less than a power of two.
  private func lowBits(_ v: Value) -> (Value, Int)? {
    guard let i = v.instruction, i.opcode == .and, let mask = i.operand(1).integerConstant,
      mask > 0, mask < 64,
      mask & (mask + 1) == 0
    else { return nil }
    return (i.operand(0), mask)
  }
  /// Does the loop count from 0 in steps of 1 to what it compares with?
  private func countsByOne(_ l: Int, _ test: Instruction) -> Bool {
    guard let next = test.operand(0).instruction, next.opcode == .add,
      next.operand(1).integerConstant == 1,
      let phi = next.operand(0).instruction, phi.isPhi,
      phi.block == cfg.blocks[loops.loops[l].header]
    else { return false }
    let latch = cfg.blocks[loops.loops[l].latches[0]]
    return phi.incoming.allSatisfy {
      $0.block == latch ? $0.value == next.value : $0.value.integerConstant == 0
    }
  }
  /// Is it the count without its low bits, `n & ~mask` or `n - rest`?
  private func isRounded(_ v: Value, _ count: Value, _ mask: Int, _ rest: Value) -> Bool {
    guard let i = v.instruction, i.operand(0) == count else { return false }
    switch i.opcode {
    case .and: return i.operand(1).integerConstant.map { $0 & mask == 0 } ?? false
    case .sub: return i.operand(1) == rest
    default: return false
    }
  }

  // MARK: The shape

  /// The block whose branch chooses between a main loop and the loop `l` for the rest, which begins with `start`.
  private func bypass(to start: Int, _ l: Int) -> (block: Int, main: Int)? {
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
    // What the guard protects: one loop, and nothing else that has an effect.
    let region = Set(cfg.blocks.indices.filter { dominators.dominates(other, $0) })
    let inner = loops.loops.indices.filter { region.contains(loops.loops[$0].header) }
    guard inner.count == 1, let main = inner.first else { return nil }
    let ends = Set(
      loops.loops[l].blocks.flatMap { cfg.successors[$0] }.filter { !loops.contains(l, $0) })
    for b in region {
      if !loops.contains(main, b),
        cfg.blocks[b].instructions.contains(where: { !$0.isTerminator && $0.mayHaveSideEffects })
      {
        return nil
      }
      // From there control goes to where the loop for the rest begins or ends.
      if cfg.successors[b].isEmpty { return nil }
      for s in cfg.successors[b] where !region.contains(s) && s != start && !ends.contains(s) {
        return nil
      }
    }
    return (g, main)
  }

  /// Makes a branch unconditional.
  private func send(_ b: Int, to target: Int) {
    let branch = cfg.blocks[b].terminator!
    guard branch.isConditionalBranch else { return }
    for other in branch.successors where other != cfg.blocks[target] {
      for p in other.phis {
        for (k, x) in p.incoming.enumerated().reversed() where x.block == cfg.blocks[b] {
          p.removeIncoming(k)
        }
      }
    }
    builder.position(before: branch)
    builder.br(cfg.blocks[target])
    branch.erase()
  }

  // MARK: The same work

  private enum Work: Hashable {
    case operation(Opcode)
    case call(Substring)
    case read(Value), written(Value)
  }
  /// How many iterations of `l` the loop `main` does in one; nil if they do different things.
  private func isMultiple(_ main: Int, of l: Int) -> Int? {
    let (total, constants) = work(of: main)
    let (one, oneConstants) = work(of: l)
    guard let (key, count) = one.first, let sum = total[key], sum > count, sum % count == 0,
      constants == oneConstants, total == one.mapValues({ $0 * (sum / count) })
    else { return nil }
    return sum / count
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
  /// Does LLVM say so of the loop that this branch closes?
  fileprivate func has(_ mark: LoopsAsWritten.Mark) -> Bool {
    opcode == .br && metadataStrings("llvm.loop").contains(mark.rawValue)
  }
}
