import Analysis
import IR

/// `__nabla_shadow(&g, width, lane)`: the address of the shadow that derivatives use for the global
/// `g`.
struct ShadowQuery {
  let call: HookCall
  let declarations: Declarations

  /// Puts the address in place of the call. Requires: all requests of the module are carried out.
  func replace() throws {
    let instruction = call.instruction
    guard let global = call.functionOperand?.strippingCasts.global, let lane else {
      throw Diagnostic.shadowQuery(call)
    }
    let shadow = shadow(of: global, lane)
    if instruction.value.hasUses {
      let address = shadow.constantPointer(to: instruction.type)
      instruction.value.replaceAllUses(with: address)
    }
    instruction.eraseWithDeadOperands()
  }

  /// Writes the global where its address comes from a local variable, so that all can see that the program asks for its shadow.
  func nameGlobal() {
    guard let operand = call.functionOperand, let global = operand.namedGlobal else { return }
    call.instruction.value.setOperand(call.functionPosition, global.value.constantPointer(to: operand.type))
  }

  private var lane: Int? {
    let position = call.functionPosition + 2
    guard position < call.instruction.argumentCount else { return 0 }
    return call.instruction.operand(position).integerConstant
  }

  /// The shadow is made by the engine, under this name, for the globals that derivatives touch.
  private func shadow(of global: Global, _ lane: Int) -> Value {
    if lane == 0, let given = declarations.globalShadows[global] { return given }
    let name = "__nabla_shadow_\(global.name)" + (lane == 0 ? "" : "_\(lane)")
    if let made = call.module.global(named: name) { return made.value }
    let type = global.valueType
    let made = call.module.addGlobal(name, type, initializer: type.zero)
    made.alignment = global.alignment
    if global.isThreadLocal { made.setThreadLocal(like: global) }
    return made.value
  }
}

extension Value {
  /// The global whose address the value is, also by way of local variables that hold nothing else.
  fileprivate var namedGlobal: Global? {
    let value = strippingCasts
    if let global = value.global { return global }
    guard let i = value.instruction, i.opcode == .load else { return nil }
    return i.operand(0).strippingCasts.onlyStoredValue?.namedGlobal
  }
}
