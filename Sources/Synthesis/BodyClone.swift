package import Analysis
package import IR

/// A copy of a subject's body inside a derivative function: the primal part of a tangent function or of a
/// forward sweep. Remembers which value of the subject became which of the copy.
final class BodyClone {
  let subject: Subject
  let function: Function
  let builder: Builder
  /// Copies of the subject's values, by number.
  private(set) var values: [Value?]
  /// Tells accesses to primal memory from those to shadows.
  private(set) var families: AliasFamilies!
  /// Copies of the blocks, by number.
  private(set) var blocks: [BasicBlock] = []

  /// - Parameter parameters: what stands for the subject's parameters.
  init(_ subject: Subject, in function: Function, parameters: [Value]) {
    self.subject = subject
    self.function = function
    builder = Builder(module: function.module)
    values = Array(repeating: nil, count: subject.values.count)
    for (i, p) in parameters.enumerated() { values[i] = p }
    blocks = subject.cfg.blocks.map { function.appendBlock($0.name) }
    for (n, i) in subject.instructions.enumerated() {
      builder.position(atEndOf: blocks[subject.blockOf[n]])
      let copy = i.clone()
      builder.debugLocation = nil
      builder.insert(copy)
      copy.debugLocation = nil
      copy.dropAssignment()
      if copy.isCall { copy.clearTailCall() }
      values[subject.parameterCount + n] = copy.value
    }
    for n in subject.instructions.indices { connect(n) }
    for n in subject.instructions.indices where subject.instructions[n].opcode == .invoke { separateReturn(n) }
    position(atStartOfEntry: ())
    families = AliasFamilies(builder, name: function.name)
    for n in subject.instructions.indices { markPrimal(n) }
  }
  private func markPrimal(_ n: Int) {
    let i = instruction(n)
    switch i.opcode {
    case .load, .store, .atomicRMW, .cmpxchg: families.mark(i, .primal)
    case .call:
      if let name = i.intrinsicName, name.hasPrefix("llvm.mem") { families.mark(i, .primal) }
    default: break
    }
  }

  private func connect(_ n: Int) {
    let original = subject.instructions[n]
    let copy = instruction(n)
    if original.isPhi {
      for (k, (value, block)) in original.incoming.enumerated() {
        copy.value.setOperand(k, mapped(value))
        if let b = subject.cfg.number(of: block) { copy.setIncomingBlock(k, blocks[b]) }
      }
      // Predecessors that cannot be reached were not copied.
      for (k, (_, block)) in original.incoming.enumerated().reversed() where subject.cfg.number(of: block) == nil {
        copy.removeIncoming(k)
      }
      return
    }
    for (k, o) in original.operands.enumerated() {
      if o.isBlock {
        if let b = subject.cfg.number(of: o.asBlock) { copy.value.setOperand(k, blocks[b].value) }
      } else if subject.id(o) != nil {
        copy.value.setOperand(k, mapped(o))
      }
    }
  }

  /// What an invoke returns may go right into a phi. What is made of it in the derivative, its shadow too, is there before
  /// that one if it has a block of its own.
  private func separateReturn(_ n: Int) {
    let copy = instruction(n)
    let next = copy.normalDestination
    guard !next.phis.isEmpty else { return }
    let between = function.appendBlock("returned")
    builder.position(atEndOf: between)
    builder.br(next)
    copy.setSuccessor(0, between)
    returns[subject.blockOf[n]] = (next, between)
    for phi in next.phis {
      for (k, (_, block)) in phi.incoming.enumerated() where block == copy.block { phi.setIncomingBlock(k, between) }
    }
  }

  /// The copy of a value; constants and globals stand for themselves.
  func mapped(_ v: Value) -> Value { subject.id(v).flatMap { values[$0] } ?? v }
  /// The copy of instruction number `n`.
  func instruction(_ n: Int) -> Instruction { Instruction(ref: values[subject.parameterCount + n]!.ref) }
  func block(_ b: Int) -> BasicBlock { blocks[b] }
  /// The block from which the copy of `next` is reached from that of `b`, which may have been split.
  func tail(_ b: Int, before next: Int) -> BasicBlock {
    if let (target, between) = returns[b], target == blocks[next] { return between }
    let n = subject.range[b].upperBound - 1
    return terminators[b]?.block ?? instruction(n).block
  }
  private var terminators: [Int: Instruction] = [:]
  /// By blocks that end in an invoke: where it goes if nothing is thrown, and what was put in between.
  private var returns: [Int: (BasicBlock, BasicBlock)] = [:]
  /// Remembers what became the terminator of the copy of a block.
  func setTerminator(_ i: Instruction, of b: Int) { terminators[b] = i }
  /// Puts another value in the place of a copy.
  func replace(_ n: Int, by value: Value) {
    let old = instruction(n)
    if !old.type.isVoid { old.value.replaceAllUses(with: value) }
    values[subject.parameterCount + n] = value
  }
  /// Calls another function where the copy of a call stands, which is left for the caller to erase. The builder is then where
  /// results are at hand.
  func call(insteadOf n: Int, _ callee: Value, _ type: Type, _ arguments: [Value]) -> Value {
    let copy = instruction(n)
    builder.position(before: copy)
    guard copy.opcode == .invoke else {
      let call = builder.call(callee, type, arguments)
      if copy.doesNotThrow { call.instruction?.setDoesNotThrow() }
      builder.position(before: copy)
      return call
    }
    let invoke = builder.invoke(
      callee, type, arguments, normal: copy.normalDestination, unwind: copy.unwindDestination)
    setTerminator(invoke, of: subject.blockOf[n])
    builder.position(atStartOf: copy.normalDestination)
    return invoke.value
  }
  /// An invoke whose work is done otherwise goes on to its normal destination.
  func replaceInvokeByBranch(_ n: Int) {
    let copy = instruction(n)
    let unwind = copy.unwindDestination
    builder.position(before: copy)
    builder.br(copy.normalDestination)
    let jump = copy.previous!
    for phi in unwind.phis {
      if let k = phi.incoming.firstIndex(where: { $0.block == copy.block }) { phi.removeIncoming(k) }
    }
    if !copy.type.isVoid, copy.value.hasUses { copy.value.replaceAllUses(with: copy.type.poison) }
    copy.erase()
    setTerminator(jump, of: subject.blockOf[n])
  }
  /// Forgets the copy of an instruction without result.
  func erase(_ n: Int) {
    let old = instruction(n)
    if !old.type.isVoid, old.value.hasUses { old.value.replaceAllUses(with: old.type.poison) }
    old.erase()
    values[subject.parameterCount + n] = nil
  }

  /// Positions the builder where the copy of a value is first available.
  func position(afterDefinitionOf id: Int) {
    if id < subject.parameterCount { return position(atStartOfEntry: ()) }
    let i = values[id]!.instruction
    guard let i else { return position(atStartOfEntry: ()) }
    if i.isPhi || i.opcode == .landingPad {
      builder.position(atStartOf: i.block)
    } else if i.opcode == .alloca, i.block == function.entry, !isFurtherBelow(i) {
      // The tape is reserved behind the stack variables.
      position(atStartOfEntry: ())
    } else if i.opcode == .invoke {
      builder.position(atStartOf: i.normalDestination)
    } else {
      builder.position(after: i)
    }
  }
  /// What has to come before everything else in the entry block: where the function's tape is reserved.
  var prologue: Instruction?
  /// Does the stack variable stand behind the start of the entry block? Inlining may leave some there.
  private func isFurtherBelow(_ alloca: Instruction) -> Bool {
    var i = function.entry.first
    while let x = i, x.opcode == .alloca || x.ref == prologue?.ref {
      if x.ref == alloca.ref { return false }
      i = x.next
    }
    return true
  }
  /// Behind the stack variables of the entry block, and behind the prologue.
  func position(atStartOfEntry: Void) {
    var i = prologue?.next ?? function.entry.first
    while let x = i, x.opcode == .alloca { i = x.next }
    if let i { builder.position(before: i) } else { builder.position(atEndOf: function.entry) }
  }
}
