internal import IR

/// What libstdc++ keeps beside each callable in a `std::function` for copying and destroying it:
/// `bool manager(target, source, operation)`.
///
/// Two more operations serve `target()` and `target_type()`: they put the address of the callable, or of its type's
/// description, where others put the callable itself. Programs that never ask for these are spared the confusion.
enum FunctionManagers {
  /// Bytes in which a small callable or the pointer to a large one is kept.
  static let storageSize = 16

  /// Does the call copy or destroy a callable? Its first two arguments are where that is kept.
  static func isManaged(by call: Instruction, possible: [Function]) -> Bool {
    guard call.argumentCount == 3, call.operand(0).type.isPointer, call.operand(1).type.isPointer,
      let operation = call.operand(2).integerConstant, [2, 3].contains(operation)
    else { return false }
    if let f = call.callee { return isManager(f) }
    let targets = possible.filter { $0.functionType.isInterchangeable(with: call.calledFunctionType) }
    return !targets.isEmpty && targets.allSatisfy(isManager)
  }

  static func isManager(_ f: Function) -> Bool {
    f.name.hasSuffix("St18_Manager_operation") && f.parameters.count == 3 && f.parameters[2].type.isInteger
  }

  /// The function that calls the callable which a manager copies: it shows what lies in it.
  static func invoker(of manager: Function, in module: Module) -> Function? {
    guard isManager(manager) else { return nil }
    return module.functions.first { !$0.isDeclaration && isInvoker($0, ofManager: manager) }
  }
  static func isInvoker(_ f: Function) -> Bool {
    f.name.hasPrefix("_ZNSt17_Function_handlerI") && text(of: f.name, before: "E9_M_invokeERKSt9_Any_data") != nil
  }
  static func isInvoker(_ f: Function, ofManager manager: Function) -> Bool {
    guard isManager(manager), let handler = text(of: manager.name, before: "E10_M_managerERSt9_Any_data") else {
      return false
    }
    return f.name.hasPrefix(handler + "E9_M_invokeERKSt9_Any_data") && !f.parameters.isEmpty
      && f.parameters[0].type.isPointer
  }
  private static func text(of name: String, before mark: String) -> Substring? {
    var i = name.endIndex
    while i > name.startIndex {
      i = name.index(before: i)
      if name[i...].hasPrefix(mark) { return name[..<i] }
    }
    return nil
  }

  /// Does the module call a manager for anything but copying (2) and destroying (3)?
  static func areAsked(in module: Module) -> Bool {
    let types = Set(module.functions.filter(isManager).map(\.functionType))
    return module.functions.contains { f in
      f.blocks.contains { block in
        block.instructions.contains { i in
          guard i.isCall, i.callee == nil, i.argumentCount == 3, types.contains(i.calledFunctionType) else {
            return false
          }
          return ![2, 3].contains(i.operand(2).integerConstant)
        }
      }
    }
  }

  /// Lets a copy of a manager know that it is for copying and destroying only.
  static func restrict(_ f: Function) {
    let operation = f.parameters[2]
    guard let first = f.entry.firstInsertionPoint else { return }
    let builder = Builder(module: f.module)
    builder.position(before: first)
    let low = builder.and(operation, operation.type.constant(1))
    let known = builder.or(low, operation.type.constant(2))
    for user in operation.users where user != low {
      guard let i = user.instruction else { continue }
      for (k, o) in i.operands.enumerated() where o == operation { i.value.setOperand(k, known) }
    }
  }
}
