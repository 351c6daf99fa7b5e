package import Analysis
package import IR
package import Planning

/// Moves the forward sweep of a loop to where the reverse sweep comes to it: the forward sweep goes past the loop, and the
/// reverse loop, counting up, begins each iteration with the body.
struct LocalLoopWriter {
  let loop: Int
  let body: BodyClone
  let tape: TapeRecorder
  /// The reversed latch, with which the reversal of an iteration begins.
  let reversed: BasicBlock
  /// Where the reverse sweep comes to the first iteration from, and to the others.
  let entry: BasicBlock
  let again: BasicBlock
  private var subject: Subject { body.subject }
  private var function: Function { body.function }
  private var builder: Builder { body.builder }
  private var latch: Int { subject.loops.loops[loop].latches[0] }

  func write() {
    goPast()
    let blocks = moved()
    keepOutside(blocks)
    reserveOnce(blocks)
  }

  private func goPast() {
    let l = subject.loops.loops[loop]
    let before = body.tail(l.preheader!, before: l.header)
    let last = body.tail(latch, before: l.header)
    let out = body.block(subject.cfg.successors[latch].first { !subject.loops.contains(loop, $0) }!)
    before.terminator!.setSuccessor(0, out)
    for phi in out.phis {
      for (k, i) in phi.incoming.enumerated() where i.block == last {
        phi.setIncomingBlock(k, before)
        phi.value.setOperand(k, phi.type.poison)
      }
    }
    for phi in body.block(l.header).phis {
      for (k, i) in phi.incoming.enumerated() { phi.setIncomingBlock(k, i.block == last ? again : entry) }
    }
    let end = last.terminator!
    builder.position(before: end)
    builder.br(reversed)
    end.erase()
  }

  /// The blocks of the body.
  private func moved() -> [BasicBlock] {
    var list: [BasicBlock] = []
    var seen: Set<BasicBlock> = [reversed]
    var work = [body.block(subject.loops.loops[loop].header)]
    while let b = work.popLast() {
      guard seen.insert(b).inserted else { continue }
      list.append(b)
      work += b.successors
    }
    return list
  }

  /// Puts what the body uses of the forward sweep into variables: it may have gone another way than past the loop.
  private func keepOutside(_ blocks: [BasicBlock]) {
    let inside = Set(blocks)
    var loaded: [Value: Value] = [:]
    for b in blocks {
      for i in b.instructions {
        for (k, o) in i.operands.enumerated() {
          guard let d = o.instruction, !inside.contains(d.block), d.block != function.entry, d.block != entry else {
            continue
          }
          if i.isPhi, i.incoming[k].block != entry { continue }
          if loaded[o] == nil {
            let variable = builder.entryAlloca(o.type)
            if d.isPhi || d.opcode == .landingPad {
              builder.position(before: d.block.firstInsertionPoint!)
            } else {
              builder.position(after: d)
            }
            builder.store(o, to: variable)
            builder.position(before: entry.terminator!)
            loaded[o] = builder.load(o.type, from: variable)
          }
          i.value.setOperand(k, loaded[o]!)
        }
      }
    }
  }

  /// Reserves storage of the same size in every iteration before the first, and gives back all other after each.
  private func reserveOnce(_ blocks: [BasicBlock]) {
    guard let arena = tape.ownedArena else { return }
    let inside = Set(blocks)
    var always: Set<BasicBlock> = []
    for b in subject.loops.loops[loop].blocks
    where subject.loops.innermost[b] == loop && subject.dominators.dominates(b, latch) {
      always.insert(body.block(b))
      // The end of the latch is gone by now.
      if b != latch { always.insert(body.instruction(subject.range[b].upperBound - 1).block) }
    }
    let allocate = TapeRuntime.function(.allocate, in: function.module)
    let calls = blocks.flatMap { b in b.instructions.filter { i in i.isCall && i.operands.contains(arena) } }
    var isRest = false
    for c in calls {
      if c.callee != allocate || !always.contains(c.block) || !hoist(c, from: inside) { isRest = true }
    }
    guard isRest else { return }
    let release = TapeRuntime.function(.release, in: function.module)
    builder.position(before: entry.terminator!)
    let mark = builder.call(allocate, [arena, builder.context.i64.constant(TapeRuntime.alignment)])
    builder.position(before: again.terminator!)
    builder.call(release, [arena, mark])
  }

  /// Moves an instruction, with what it is computed from, to where the loop is entered; false if that depends on the iteration.
  private func hoist(_ i: Instruction, from inside: Set<BasicBlock>) -> Bool {
    var chain: [Instruction] = []
    func add(_ v: Value, _ depth: Int) -> Bool {
      guard let d = v.instruction, inside.contains(d.block) else { return true }
      if chain.contains(d) { return true }
      guard depth < 16, d.opcode.isIntegerArithmetic || d.opcode.isCast || d.opcode == .icmp || d.opcode == .select,
        d.operands.allSatisfy({ add($0, depth + 1) })
      else { return false }
      chain.append(d)
      return true
    }
    guard i.arguments.allSatisfy({ add($0, 0) }) else { return false }
    for d in chain + [i] {
      d.removeFromBlock()
      builder.position(before: entry.terminator!)
      builder.insert(d)
    }
    return true
  }
}
