import IR

/// Hook calls in wrappers: a function that passes its own parameters on to a hook, as templates do.
///
///     template <class... A> double grad(A... a) { return __nabla_autodiff(f, a...); }
///
/// The optimiser usually inlines them; at `-O0` it does not, and then neither the function nor the
/// markers are known inside. Nabla inlines the calls to a wrapper when its hook call can't be read
/// otherwise.
struct Wrappers {
  let module: Module
  /// Can the hook call be read as it is?
  let isReadable: (HookCall) -> Bool

  /// Inlines until nothing changes. Returns true if anything did.
  func inline() -> Bool {
    var changed = false
    for _ in 0..<16 {
      guard inlineOnce() else { return changed }
      changed = true
    }
    return changed
  }

  private func inlineOnce() -> Bool {
    var wrappers: [Function] = []
    for call in module.hookCalls() where call.hook.differentiates && call.passesParametersOn {
      let function = call.instruction.function
      if !wrappers.contains(function), !isReadable(call) { wrappers.append(function) }
    }
    return wrappers.reduce(false) { inlineCalls(to: $1) || $0 }
  }

  private func inlineCalls(to wrapper: Function) -> Bool {
    var changed = false
    for user in wrapper.value.users {
      guard let call = user.instruction, call.isCall, call.callee == wrapper,
        call.function != wrapper
      else { continue }
      if call.inline() { changed = true }
    }
    if changed, wrapper.isDiscardable, !wrapper.value.hasUses { wrapper.delete() }
    return changed
  }
}

extension HookCall {
  /// Is some operand a parameter of the enclosing function?
  var passesParametersOn: Bool {
    instruction.arguments.contains { $0.forwardedParameter != nil }
  }
}
