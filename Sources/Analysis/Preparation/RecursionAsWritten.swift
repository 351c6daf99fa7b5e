internal import IR

/// Loops that LLVM has made of a call of a function by itself, where that call came last:
///
/// ```
/// entry:   br loop
/// loop:    p' = phi [p, entry], [x, back]        ─▶     entry:   …p…
///          …p'…                                         back:    f(x); return
/// back:    br loop
/// ```
/// Where the function calls itself more than once beside that loop, which is where the work is done then, the call is put back. Its
/// parameters are then parameters again, which the reverse sweep gets anew, rather than what a loop hands on, which has to be kept.
enum RecursionAsWritten {
  /// Restores the call in a copy of `original`, in which nothing has been analysed.
  static func restore(in f: Function, of original: Function) {
    let entry = f.entry
    guard let start = entry.first, start.opcode == .br, !start.isConditionalBranch, let header = start.successors.first
    else { return }
    let phis = header.phis
    guard !phis.isEmpty, let pattern = parameters(phis, of: f, entry) else { return }
    let cfg = ControlFlowGraph(f)
    let loops = LoopTree(cfg, DominatorTree(cfg))
    guard let h = cfg.number(of: header), let l = loops.innermost[h], loops.loops[l].header == h,
      loops.loops[l].parent == nil, let call = ownCall(original, outside: l, cfg, loops)
    else { return }
    let builder = Builder(module: f.module)
    for latch in loops.loops[l].latches.map({ cfg.blocks[$0] }) {
      let again = f.appendBlock("again")
      builder.position(atEndOf: again)
      let copy = call.clone()
      for (n, p) in f.parameters.enumerated() {
        copy.value.setOperand(n, pattern[n].map { phi in phi.incoming.first { $0.block == latch }!.value } ?? p)
      }
      let result = builder.insert(copy)
      builder.ret(f.returnType.isVoid ? nil : result)
      let end = latch.terminator!
      for (k, s) in end.successors.enumerated() where s == header { end.setSuccessor(k, again) }
    }
    // One value is left for each phi.
    for (n, p) in f.parameters.enumerated() {
      pattern[n]?.value.replaceAllUses(with: p)
      pattern[n]?.erase()
    }
  }

  /// The phi that each parameter comes in by; nil if there are others.
  private static func parameters(_ phis: [Instruction], of f: Function, _ entry: BasicBlock) -> [Int: Instruction]? {
    var result: [Int: Instruction] = [:]
    let all = f.parameters
    for phi in phis {
      guard let first = phi.incoming.first(where: { $0.block == entry })?.value, let n = all.firstIndex(of: first),
        result[n] == nil, first.users.count == 1
      else { return nil }
      result[n] = phi
    }
    return result
  }

  /// A call of the function by itself that can be copied for other arguments, if there are two outside the loop.
  private static func ownCall(
    _ original: Function, outside l: Int, _ cfg: ControlFlowGraph, _ loops: LoopTree
  ) -> Instruction? {
    var calls: [Instruction] = []
    for (b, block) in cfg.blocks.enumerated() where !loops.contains(l, b) {
      calls += block.instructions.filter { $0.opcode == .call && $0.callee == original }
    }
    guard calls.count > 1 else { return nil }
    let facts = [
      "nonnull", "noalias", "align", "dereferenceable", "dereferenceable_or_null", "range", "byval", "sret", "inalloca",
    ]
    return calls.first { call in
      call.calledFunctionType == original.functionType && !call.isMustTail && !call.hasOperandBundles
        && (0..<call.argumentCount).allSatisfy { n in facts.allSatisfy { !call.argumentHasAttribute(n, $0) } }
    }
  }
}
