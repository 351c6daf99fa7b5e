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
/// Where a loop does not begin at a constant, LLVM lets the rest come first: a prologue, a loop or a single iteration,
/// and then the main loop for a number of iterations that it divides. Such a prologue is made the loop that goes on to
/// the end of all.
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
    // What vectors leave over may have been unrolled afterwards.
    if f.blocks.contains(where: { b in b.terminator.map { $0.has(.vectorized) || $0.has(.unrolled) } ?? false }) {
      let all = LoopsAsWritten(f)
      for l in all.loops.loops.indices { all.undoPrologue(l) }
    }
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

  /// Lets the prologue of an unrolled loop do all iterations.
  private func undoPrologue(_ main: Int) {
    guard let p = prologue(of: main), let test = exitTest(main) else { return }
    // The number that the main loop compares with the end, as the prologue counts it.
    let bound = test.operand(1)
    guard var end = p.carried.first(where: { $0.again == test.operand(0) })?.rest,
      bound.instruction.map({ i in cfg.number(of: i.block).map { dominators.dominates($0, p.question) } ?? false })
        ?? true
    else { return }
    let first = cfg.blocks[p.first]
    let last = cfg.blocks[p.last]
    if p.loop == nil {
      guard p.first == p.last, isOneIteration(p, of: main) else { return }
      let steps = p.carried.map { step(of: $0) }
      for (c, step) in zip(p.carried, steps) {
        builder.position(atStartOf: first)
        let phi = builder.phi(c.start.type)
        for i in first.instructions where !i.isPhi {
          for (k, o) in i.operands.enumerated() where o == c.start { i.value.setOperand(k, phi.value) }
        }
        phi.addIncoming(c.start, from: cfg.blocks[p.question])
        guard let step, let i = c.rest.instruction else {
          phi.addIncoming(c.rest, from: first)
          continue
        }
        builder.position(before: i)
        let next = builder.add(phi.value, c.start.type.constant(step))
        c.rest.replaceAllUses(with: next)
        phi.addIncoming(next, from: first)
        if end == c.rest { end = next }
      }
    }
    let header = p.loop.map { cfg.blocks[loops.loops[$0].header] } ?? first
    send(p.question, to: p.first)
    let branch = last.terminator!
    builder.position(before: branch)
    builder.condBr(builder.icmp(.eq, end, bound), cfg.blocks[p.join], header)
    branch.erase()
    if isMarked(main, .vectorized), let mark = latch(main).metadata("llvm.loop") {
      last.terminator!.setMetadata("llvm.loop", mark)
    }
    send(p.join, to: p.end)
  }

  /// What comes before a main loop and does the iterations that it leaves over.
  ///
  /// ```
  ///     question ──(a rest)─▶ first … last ─▶ join ─▶ main loop ─▶ end
  ///         └──────────────────────────────────▲ └──────────────────▲
  /// ```
  private struct Prologue {
    var question: Int
    var first: Int
    var last: Int
    var join: Int
    var end: Int
    /// Nil if there is at most one iteration left over.
    var loop: Int?
    /// What goes from iteration to iteration: at first, after the prologue, and after an iteration of the main loop.
    var carried: [Carried] = []
    struct Carried {
      var start: Value
      var rest: Value
      var again: Value
    }
  }

  private func prologue(of main: Int) -> Prologue? {
    guard loops.loops[main].latches.count == 1, let before = loops.loops[main].preheader else { return nil }
    let isBranch = cfg.blocks[before].terminator!.isConditionalBranch
    guard isBranch || cfg.predecessors[before].count == 1 else { return nil }
    let join = isBranch ? before : cfg.predecessors[before][0]
    guard cfg.predecessors[join].count == 2, cfg.successors[join].count == 2,
      let question = cfg.predecessors[join].first(where: { q in
        cfg.predecessors[join].allSatisfy { dominators.dominates(q, $0) }
      }),
      let last = cfg.predecessors[join].first(where: { $0 != question }),
      let first = cfg.successors[question].first(where: { $0 != join }),
      cfg.predecessors[first].allSatisfy({ $0 == question || dominators.dominates(first, $0) }),
      let end = cfg.successors[join].first(where: { $0 != (isBranch ? loops.loops[main].header : before) }),
      cfg.blocks[join].instructions.allSatisfy({ !$0.mayHaveSideEffects || $0.isTerminator }),
      let branch = cfg.blocks[question].terminator, branch.isConditionalBranch,
      let rest = branch.condition.instruction?.operands.first, isQuestion(branch, rest), let (_, mask) = lowBits(rest)
    else { return nil }
    var p = Prologue(question: question, first: first, last: last, join: join, end: end)
    let region = cfg.blocks.indices.filter { dominators.dominates(first, $0) && !dominators.dominates(join, $0) }
    guard region.allSatisfy({ b in cfg.successors[b].allSatisfy { region.contains($0) || b == last && $0 == join } })
    else { return nil }
    let header = cfg.blocks[loops.loops[main].header]
    func from(_ b: Int, _ phi: Instruction) -> Value? { phi.incoming.first { $0.block == cfg.blocks[b] }?.value }
    for phi in header.phis {
      guard let joined = from(before, phi)?.instruction, joined.isPhi, joined.block == cfg.blocks[join],
        let start = from(question, joined), let rest = from(last, joined),
        let again = from(loops.loops[main].latches[0], phi)
      else { return nil }
      p.carried.append(Prologue.Carried(start: start, rest: rest, again: again))
    }
    let total = work(of: loops.loops[main].blocks)
    let inner = loops.loops.indices.filter { region.contains(loops.loops[$0].header) }
    if let l = inner.first {
      guard inner.count == 1, isMarked(l, .unrolled), let test = exitTest(l), test.value.operands.last == rest,
        countsByOne(l, test), cfg.blocks[last] == latch(l).block,
        multiple(total, of: work(of: loops.loops[l].blocks)) == mask + 1
      else { return nil }
      p.loop = l
    } else {
      let starts = Set(p.carried.map(\.start))
      guard isMarked(main, .vectorized), mask == 1, multiple(total, of: work(of: region, moving: starts)) == 2
      else { return nil }
    }
    return p
  }

  /// Is the single block before the main loop an iteration, if what is carried is put in anew? What is known of the
  /// values that it begins with may have gone into it; so each instruction must be one of the main loop's first
  /// iteration, but for the steps of counters, which must be half of the main loop's.
  private func isOneIteration(_ p: Prologue, of main: Int) -> Bool {
    let block = cfg.blocks[p.first]
    let starts = p.carried.map(\.start)
    guard Set(starts).count == starts.count, block.phis.isEmpty,
      starts.allSatisfy({ $0.instruction.map { $0.isPhi && $0.block == cfg.blocks[p.question] } ?? false })
    else { return false }
    let header = cfg.blocks[loops.loops[main].header]
    var counterpart: [Value: Value] = [:]
    for (c, phi) in zip(p.carried, header.phis) { counterpart[c.start] = phi.value }
    var candidates = loops.loops[main].blocks.flatMap { cfg.blocks[$0].instructions }
    let counters = Set(p.carried.filter { step(of: $0) != nil }.map(\.rest))
    for i in block.instructions where !i.isTerminator && !counters.contains(i.value) {
      let operands = i.operands.map { counterpart[$0] ?? $0 }
      guard let k = candidates.firstIndex(where: { $0.isSameOperation(as: i) && Array($0.operands) == operands })
      else { return false }
      counterpart[i.value] = candidates.remove(at: k).value
    }
    return p.carried.allSatisfy { $0.rest.instruction?.block == block }
  }
  /// By how much a counter goes on in the block before the main loop, if it goes on by twice that in it.
  private func step(of c: Prologue.Carried) -> Int? {
    guard let once = c.rest.instruction, let twice = c.again.instruction, once.operand(0) == c.start,
      // What is known of the start may have made an alternative of the sum.
      once.opcode == .add || once.opcode == .or, twice.opcode == .add, twice.operand(0).instruction?.isPhi ?? false,
      let step = once.operand(1).integerConstant, step > 0, twice.operand(1).integerConstant == 2 * step
    else { return nil }
    return step
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
    var ends = Set(
      loops.loops[l].blocks.flatMap { cfg.successors[$0] }.filter { !loops.contains(l, $0) })
    // Where a prologue was, there is a block between the loop and its end.
    for b in ends
    where cfg.successors[b].count == 1 && cfg.predecessors[b].count == 1
      && !cfg.blocks[b].instructions.contains(where: { !$0.isTerminator && $0.mayHaveSideEffects })
    {
      ends.insert(cfg.successors[b][0])
    }
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
    multiple(work(of: loops.loops[main].blocks), of: work(of: loops.loops[l].blocks))
  }
  private func multiple(_ main: ([Work: Int], Set<Double>), of rest: ([Work: Int], Set<Double>)) -> Int? {
    let (total, constants) = main
    let (one, oneConstants) = rest
    guard let (key, count) = one.first, let sum = total[key], sum > count, sum % count == 0,
      constants == oneConstants, total == one.mapValues({ $0 * (sum / count) })
    else { return nil }
    return sum / count
  }
  /// How much of what some blocks do, in elements; and the numbers they do it with. What is read from a place that does
  /// not move is left out: vectors are made of it before the loop.
  private func work(of blocks: [Int], moving: Set<Value> = []) -> ([Work: Int], Set<Double>) {
    func moves(_ pointer: Value) -> Bool {
      moving.contains(pointer) || pointer.instruction.flatMap { cfg.number(of: $0.block) }.map(blocks.contains) ?? false
    }
    var list: [Work: Int] = [:]
    var constants: Set<Double> = []
    for b in blocks {
      for i in cfg.blocks[b].instructions {
        let type = i.opcode == .store ? i.operand(0).type : i.type
        let lanes = type.isVector ? type.count : 1
        switch i.opcode {
        case .load: if moves(i.operand(0)) { list[.read(i.operand(0).underlyingObject), default: 0] += lanes }
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
