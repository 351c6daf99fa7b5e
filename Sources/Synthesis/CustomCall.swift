package import Analysis
package import IR
package import Planning

/// A call to a user-written rule in the place of a call to the function that it is for.
struct CustomCall {
  let call: Instruction
  let builder: Builder
  let primal: (Value) -> Value
  /// The shadow (or tangent) of an argument, by its number.
  let shadow: (Int) -> Value

  /// May an argument that has a shadow statically be without one?
  var mayLackShadow: (Value) -> Bool = { _ in true }
  /// The tape, for rules of the engine's own, and what they are told.
  var arena: () -> Value = { unreachable("no tape for a rule") }
  var facts = 0

  init(_ call: Instruction, _ builder: Builder, primal: @escaping (Value) -> Value, shadow: @escaping (Int) -> Value) {
    self.call = call
    self.builder = builder
    self.primal = primal
    self.shadow = shadow
  }

  func augmented(_ rule: AugmentedShape) -> Value {
    let types = rule.function.functionType.parameters
    return builder.call(rule.function, zip(rule.operands, types).map { operand($0, $1) })
  }

  func operand(_ o: RuleOperand, _ type: Type) -> Value {
    switch o {
    case .primal(let k):
      let v = primal(call.operand(k))
      guard type.isPointer, !v.type.isPointer else { return v }
      // A rule that takes this parameter by reference.
      let place = builder.entryAlloca(v.type)
      builder.store(v, to: place)
      return place
    case .shadow(let k):
      let v = call.operand(k)
      guard v.type.isPointer else { return v.type.containsFloat ? shadow(k) : primal(v) }
      // An inactive pointer has no shadow: the rule gets null, never the primal.
      let s = shadow(k)
      let p = primal(v)
      if !mayLackShadow(v) { return s }
      return s == p ? v.type.zero : builder.select(builder.icmp(.eq, s, p), v.type.zero, s)
    case .arena: return arena()
    case .facts: return type.constant(facts)
    case .resultAdjoint, .tape: return type.zero
    }
  }
}
