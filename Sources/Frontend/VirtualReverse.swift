import Analysis
import IR

/// `__nabla_virtualreverse(f)`: the shadow of a function pointer in reverse mode, a constant pair
/// of the two halves of the split derivative with default activities.
struct VirtualReverse {
  let call: HookCall
  let function: Function

  var requests: (augmented: Request, reverse: Request) {
    (request(.augmented), request(.reverse))
  }

  private func request(_ mode: Mode) -> Request {
    let type = function.functionType
    var request = Request(
      function: function, mode: mode,
      parameters: type.parameters.map { $0.defaultActivity(in: mode) },
      result: type.returnType.defaultResultActivity(in: mode))
    request.returnsPrimal = mode == .augmented && !type.returnType.isVoid
    return request
  }

  func replace(augmented: Function, reverse: Function) {
    let pointer = call.module.context.bytePointer
    let type = pointer.array(2)
    let pair = type.constantAggregate(
      [augmented, reverse].map { $0.value.constantPointer(to: pointer) })
    let name = "nabla.virtual.\(function.name)"
    let global =
      call.module.global(named: name)
      ?? call.module.addGlobal(name, type, initializer: pair, constant: true)
    let instruction = call.instruction
    if instruction.value.hasUses {
      instruction.value.replaceAllUses(with: global.value.constantPointer(to: instruction.type))
    }
    instruction.eraseWithDeadOperands()
  }
}
