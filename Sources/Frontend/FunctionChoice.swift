import IR

extension HookCall {
  /// A hook call on one of several functions becomes one call on each, behind comparisons:
  ///
  ///     r = hook(c ? f : g, x)    ⟶    if (p == f) r = hook(f, x); else r = hook(g, x);
  ///
  /// Requires: `functions` are all that the operand may be.
  func split(over functions: [Function]) -> [HookCall] {
    guard functions.count > 1, let chosen = functionOperand else { return [self] }
    let builder = Builder(module: module)
    let head = instruction.block
    let tail = instruction.splitBlockBefore("nabla.joined")
    head.terminator?.erase()
    builder.position(atEndOf: head)
    var calls: [HookCall] = []
    var incoming: [(Value, BasicBlock)] = []
    for (i, function) in functions.enumerated() {
      let block = head.function.appendBlock("nabla.choice")
      block.moveAfter(builder.block)
      if i + 1 < functions.count {
        let test = builder.icmp(.eq, chosen, function.value.constantPointer(to: chosen.type))
        let other = head.function.appendBlock("nabla.other")
        other.moveAfter(block)
        builder.condBr(test, block, other)
        defer { builder.position(atEndOf: other) }
        calls.append(copy(on: function, in: block, then: tail))
      } else {
        builder.br(block)
        calls.append(copy(on: function, in: block, then: tail))
      }
      incoming.append((calls[i].instruction.value, block))
    }
    join(incoming, in: tail)
    return calls
  }

  private func copy(on function: Function, in block: BasicBlock, then tail: BasicBlock) -> HookCall {
    let builder = Builder(module: module)
    builder.position(atEndOf: block)
    let copy = instruction.clone()
    builder.insert(copy)
    let type = instruction.operand(functionPosition).type
    copy.value.setOperand(functionPosition, function.value.constantPointer(to: type))
    builder.br(tail)
    return HookCall(instruction: copy, name: name)
  }

  private func join(_ incoming: [(Value, BasicBlock)], in tail: BasicBlock) {
    if instruction.value.hasUses {
      let builder = Builder(module: module)
      builder.position(atStartOf: tail)
      let phi = builder.phi(instruction.type)
      for (value, block) in incoming { phi.addIncoming(value, from: block) }
      instruction.value.replaceAllUses(with: phi.value)
    }
    instruction.eraseWithDeadOperands()
  }
}
