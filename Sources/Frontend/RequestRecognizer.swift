import IR

extension Module {
  /// All calls to hooks, in the order of the module.
  func hookCalls() -> [HookCall] {
    var names: [Function: HookName] = [:]
    for function in functions {
      if let name = function.hookName { names[function] = name }
    }
    guard !names.isEmpty else { return [] }
    var callers: Set<Function> = []
    for hook in names.keys { hook.value.collectUsingFunctions(&callers) }
    return functions.filter(callers.contains).flatMap { $0.hookCalls(to: names) }
  }
}

extension Value {
  /// The functions whose instructions use this constant, directly or in a constant expression.
  fileprivate func collectUsingFunctions(_ found: inout Set<Function>) {
    var pending = [self]
    var seen: Set<Value> = []
    while let value = pending.popLast() {
      guard seen.insert(value).inserted else { continue }
      for user in value.users {
        if let instruction = user.instruction {
          found.insert(instruction.function)
        } else if user.isConstantExpression || user.isGlobalAlias {
          pending.append(user)
        }
      }
    }
  }
}

extension Function {
  /// The hook that this function is. A function that the program defines is one only if its name
  /// begins with the hook's: a wrapper's name may contain it.
  var hookName: HookName? {
    guard !isIntrinsic, let name = HookTable.hook(in: name) else { return nil }
    return isDeclaration || HookTable.beginsWithHook(self.name) ? name : nil
  }

  /// The calls in this function to the hooks `names`.
  fileprivate func hookCalls(to names: [Function: HookName]) -> [HookCall] {
    var calls: [HookCall] = []
    for block in blocks {
      for instruction in block.instructions where instruction.isCall {
        guard let callee = instruction.callee, let name = names[callee] else { continue }
        calls.append(HookCall(instruction: instruction, name: name))
      }
    }
    return calls
  }
}
