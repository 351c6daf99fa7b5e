import IR
internal import LLVMShims

/// Hook calls inside `try`, or beside variables with destructors: exceptions that leave the derivative must arrive
/// where those of the hook would have.
///
/// ```
/// invoke @__nabla_autodiff(…) to %a unwind %b      call @__nabla_autodiff(…)
///                                            ─▶    invoke @nabla.unwinds() to %a unwind %b
/// ```
/// All that reads hook calls sees a call; when the derivative takes its place, that becomes the invoke.
enum Unwinding {
  private static let name = "nabla.unwinds"

  /// Makes a call of an invoke and keeps its destinations behind it.
  static func detach(_ invoke: Instruction, in module: Module) -> Instruction {
    let placeholder = module.declare(name, .function(module.context.void, []))
    return Instruction(ref: nablaCallBeforeInvoke(invoke.ref, placeholder.ref))
  }

  /// What keeps the destinations of the call.
  private static func placeholder(of call: Instruction) -> Instruction? {
    guard let last = call.block.terminator, last.opcode == .invoke, last.callee?.name == name else { return nil }
    return last
  }

  /// Makes the call of a derivative, which stands in front of the hook call, an invoke if that was one.
  ///
  /// - Parameter more: will more calls take the place of the hook call?
  static func attach(_ returned: Value, before hook: Instruction, _ builder: Builder, more: Bool = false) -> Value {
    guard let kept = placeholder(of: hook), let call = returned.instruction else { return returned }
    // The position of a builder brings its own location, and the placeholder's need not be the hook's.
    let location = call.debugLocation
    let head = call.block
    let rest = hook.splitBlockBefore("returned")
    head.terminator!.erase()
    let unwind = kept.unwindDestination
    for phi in unwind.phis {
      for (k, (value, block)) in phi.incoming.enumerated() where block == rest {
        if more { phi.addIncoming(value, from: head) } else { phi.setIncomingBlock(k, head) }
      }
    }
    if !more {
      builder.position(before: kept)
      builder.br(kept.normalDestination)
      kept.erase()
    }
    builder.position(atEndOf: head)
    builder.debugLocation = location
    let invoke = builder.invoke(
      call.calledValue, call.calledFunctionType, call.arguments, normal: rest, unwind: unwind)
    call.value.replaceAllUses(with: invoke.value)
    call.erase()
    builder.position(before: hook)
    builder.debugLocation = location
    return invoke.value
  }

  /// Deletes the placeholder when all requests have been carried out.
  static func finish(_ module: Module) {
    guard let f = module.function(named: name) else { return }
    for u in f.value.users { u.instruction?.replacedByCall().erase() }
    f.delete()
  }
}
