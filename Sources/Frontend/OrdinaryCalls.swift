import Analysis
import IR

// Hook calls that become ordinary calls before anything is differentiated.

extension HookCall {
  /// `__nabla_call_inactive(f, a…)` becomes `f(a…)`, marked at the call.
  func replaceByInactiveCall() throws {
    let builder = Builder(module: module)
    builder.position(before: instruction)
    builder.debugLocation = instruction.debugLocation
    guard let target = functionOperand else { throw Diagnostic.noFunction(in: self) }
    let operands = operandPositions.map { instruction.operand($0) }
    var result: Value
    if let function = target.possibleFunctions(in: module)?.only {
      let arguments = try adapted(operands, to: function, builder)
      result = builder.call(function, arguments)
    } else {
      let type = Type.function(instruction.type, operands.map(\.type))
      result = builder.call(target, type, operands)
    }
    result = Unwinding.attach(result, before: instruction, builder)
    result.instruction?.addCallSiteAttribute(name.markerPrefix + "inactive")
    try replaceUses(with: result, builder)
    instruction.eraseWithDeadOperands()
  }

  private func adapted(_ operands: [Value], to function: Function, _ builder: Builder) throws
    -> [Value]
  {
    let types = function.functionType.parameters
    guard operands.count == types.count || function.isVarArg && operands.count > types.count else {
      throw Diagnostic.inactiveOperands(function, operands.count, self)
    }
    return try operands.enumerated().map { i, value in
      guard i < types.count else { return value }
      guard let adaptation = Adaptation(value, to: types[i], builder.layout) else {
        throw Diagnostic.inactiveOperands(function, operands.count, self)
      }
      return adaptation.emit(value, to: types[i], builder)
    }
  }

  private func replaceUses(with result: Value, _ builder: Builder) throws {
    guard instruction.value.hasUses else { return }
    guard let adaptation = Adaptation(result, to: instruction.type, builder.layout) else {
      throw Diagnostic.inactiveResult(result.type, self)
    }
    instruction.value.replaceAllUses(with: adaptation.emit(result, to: instruction.type, builder))
  }

  /// Replaces a refused call, so that the module stays valid.
  func discard() {
    if instruction.value.hasUses { instruction.value.replaceAllUses(with: instruction.type.poison) }
    instruction.eraseWithDeadOperands()
  }
}

extension Array {
  /// The element of an array that has one.
  var only: Element? { count == 1 ? self[0] : nil }
}
