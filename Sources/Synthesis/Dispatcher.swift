package import Analysis
package import IR
package import Planning

/// Writes a function that looks where a function pointer leads, among the functions of this module, and calls the derivative of
/// what it finds.
struct Dispatcher {
  private let unit: DerivativeUnit
  private let mode: Mode
  private let signature: Signature
  private let function: Function
  private let builder: Builder
  private var module: Module { unit.program.module }

  init(_ unit: DerivativeUnit, _ mode: Mode, _ signature: Signature) {
    self.unit = unit
    self.mode = mode
    self.signature = signature
    function = unit.program.module.addFunction(unit.engine.freshName("\(mode).pointer"), signature.type)
    function.setInternal()
    unit.engine.produced.append(function)
    builder = Builder(module: unit.program.module)
  }

  /// The pointer is the primal of the last parameter that has one.
  private var pointer: Value {
    let last = signature.parameters.lastIndex { if case .primal = $0 { true } else { false } }
    return function.parameter(last!)
  }

  func write(_ candidates: [Function]) -> Function {
    var next = function.appendBlock("entry")
    for f in candidates {
      guard let target = target(f) else { continue }
      let call = function.appendBlock("call")
      builder.position(atEndOf: next)
      next = function.appendBlock("next")
      let own = builder.cast(pointer: f.value, to: pointer.type)
      builder.condBr(builder.icmp(.eq, pointer, own), call, next)
      builder.position(atEndOf: call)
      writeCall(target.function, target.signature)
    }
    builder.position(atEndOf: next)
    RunTimeError.stop(
      "a function was called through a pointer that is not in this module; a derivative for several directions, from a "
        + "tape, or of second order finds only functions that are: compile it into this module", builder)
    return function
  }

  /// The derivative of a function that is called here; nil if that is refused.
  private func target(_ f: Function) -> (function: Function, signature: Signature)? {
    guard let g = unit.engine.body(of: f) else { return nil }
    do {
      return try unit.engine.callee(g, mode, from: unit)
    } catch let refusal as Refusal {
      unit.engine.failures += refusal.diagnostics
    } catch {}
    return nil
  }

  private func writeCall(_ callee: Function, _ inner: Signature) {
    let arguments = zip(inner.parameters, inner.parameterTypes).map { p, type -> Value in
      if let own = signature.parameter(p, of: function) {
        return type.isPointer ? builder.cast(pointer: own, to: type) : own
      }
      guard case .shadow(let k, _) = p, type.containsPointer else { return type.zero }
      // A pointer without shadow is its own.
      return builder.cast(pointer: signature.parameter(.primal(k), of: function)!, to: type)
    }
    let call = builder.call(callee, arguments)
    signature.buildReturn(builder) { r in
      let type = signature.resultTypes[signature.results.firstIndex(of: r)!]
      let value = inner.result(r, of: call, builder) ?? replacement(r, type, inner, call)
      return type.isPointer ? builder.cast(pointer: value, to: type) : value
    }
  }
  /// What stands for a result that the derivative does not have: nothing depends on it, or a pointer is its own shadow.
  private func replacement(_ r: Signature.Result, _ type: Type, _ inner: Signature, _ call: Value) -> Value {
    switch r {
    case .shadow, .tangent:
      guard type.isPointer, let primal = inner.result(.primal, of: call, builder) else { return type.zero }
      return primal
    default: return type.zero
    }
  }
}
