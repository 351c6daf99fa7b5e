package import IR
package import Rules

/// Writes a rule's formula as instructions.
struct FormulaEmitter {
  let builder: Builder
  /// The type in which the formula is computed: that of the operation's result.
  let type: Type
  /// The value of an operand, or of the result.
  let operand: (Int) -> Value
  let result: () -> Value
  private var memo: [Formula: Value] = [:]

  init(_ builder: Builder, type: Type, operand: @escaping (Int) -> Value, result: @escaping () -> Value) {
    self.builder = builder
    self.type = type
    self.operand = operand
    self.result = result
  }

  mutating func emit(_ f: Formula) -> Value {
    if let v = memo[f] { return v }
    let v = write(f)
    memo[f] = v
    return v
  }

  private mutating func write(_ f: Formula) -> Value {
    switch f {
    case .operand(let i):
      let v = operand(i)
      if v.type.scalar.isInteger { return builder.sitofp(v, to: type) }
      return v.type == type ? v : builder.fpCast(v, to: type)
    case .result: return result()
    case .constant(let c): return type.constant(c)
    case .select(let c, let a, let b, let then, let otherwise):
      let condition = compare(c, emit(a), emit(b))
      return builder.select(condition, emit(then), emit(otherwise))
    case .apply(let p, let arguments): return apply(p, arguments)
    }
  }

  private func compare(_ c: Comparison, _ a: Value, _ b: Value) -> Value {
    switch c {
    case .oeq: builder.fcmp(.oeq, a, b)
    case .une: builder.fcmp(.une, a, b)
    case .olt: builder.fcmp(.olt, a, b)
    case .ole: builder.fcmp(.ole, a, b)
    case .ogt: builder.fcmp(.ogt, a, b)
    case .oge: builder.fcmp(.oge, a, b)
    }
  }

  private mutating func apply(_ p: Primitive, _ arguments: [Formula]) -> Value {
    // A power of two over x is exactly that times 1/x, which is often there already.
    if p == .div, case .constant(let c) = arguments[0], c != 1, c.magnitude.significand == 1, type.isFloatOrVector {
      return builder.fmul(type.constant(c), emit(.apply(.div, [.constant(1), arguments[1]])))
    }
    if case .instruction(let op) = p.form {
      let a = arguments.map { emit($0) }
      switch op {
      case .fneg: return builder.fneg(a[0])
      case .fadd: return builder.fadd(a[0], a[1])
      case .fsub: return builder.fsub(a[0], a[1])
      case .fmul: return builder.fmul(a[0], a[1])
      default: return builder.fdiv(a[0], a[1])
      }
    }
    let values = arguments.enumerated().map { i, a in
      p.integerArguments.contains(i) ? integer(a) : emit(a)
    }
    return call(p, values)
  }

  /// A formula over integers, as i32.
  private func integer(_ f: Formula) -> Value {
    let i32 = builder.context.i32
    switch f {
    case .operand(let i): return builder.intCast(operand(i), to: i32, signed: true)
    case .constant(let c): return i32.constant(Int(c))
    case .apply(.add, let a): return builder.add(integer(a[0]), integer(a[1]))
    case .apply(.sub, let a): return builder.sub(integer(a[0]), integer(a[1]))
    case .apply(.mul, let a): return builder.mul(integer(a[0]), integer(a[1]))
    case .apply(.neg, let a): return builder.sub(i32.constant(0), integer(a[0]))
    default: return i32.constant(0)
    }
  }

  private func call(_ p: Primitive, _ values: [Value]) -> Value {
    switch p.form {
    case .intrinsic(let name):
      // LLVM 14's powi, like later ones, is overloaded on the integer as well.
      let types = name == "powi" ? [type, builder.context.i32] : [type]
      return builder.call(builder.module.intrinsic("llvm." + name, types), values)
    case .library(let name): return lanes(values) { libraryCall(name, $0) }
    case .prelude(let name): return lanes(values) { preludeCall(p, name, $0) }
    case .instruction: return values[0]
    }
  }

  /// Applies a scalar function to each lane of vectors.
  private func lanes(_ values: [Value], _ scalar: ([Value]) -> Value) -> Value {
    guard type.isVector else { return scalar(values) }
    var result = type.poison
    for n in 0..<type.count {
      let at = builder.context.i32.constant(n)
      let parts = values.map { $0.type.isVector ? builder.extractElement($0, at) : $0 }
      result = builder.insertElement(result, scalar(parts), at)
    }
    return result
  }

  private func libraryCall(_ name: String, _ values: [Value]) -> Value {
    let scalar = type.scalar
    // Half precisions have no library: compute in float.
    let (compute, suffix): (Type, String) =
      switch scalar.kind {
      case .double: (scalar, "")
      case .x86FP80: (scalar, "l")
      case .fp128: (scalar, "l")
      default: (builder.context.float, "f")
      }
    let arguments = values.map { $0.type.isFloat ? builder.fpCast($0, to: compute) : $0 }
    let f = builder.module.declare(name + suffix, .function(compute, arguments.map(\.type)))
    return builder.fpCast(builder.call(f.value, .function(compute, arguments.map(\.type)), arguments), to: scalar)
  }

  private func preludeCall(_ p: Primitive, _ name: String, _ values: [Value]) -> Value {
    let double = builder.context.double
    guard let f = builder.module.function(named: name) else { return type.scalar.zero }
    return builder.fpCast(builder.call(f, [builder.fpCast(values[0], to: double)]), to: type.scalar)
  }

  // MARK: Functions that no library has

  private static let prelude: [Primitive] = [.digamma, .trigamma]
  /// Defines them in a module that may need them, before anything is analysed.
  static func definePrelude(in module: Module) {
    guard module.functions.contains(where: { $0.name.contains("gamma") }) else { return }
    for p in prelude {
      guard case .prelude(let name) = p.form, module.function(named: name) == nil, let text = Prelude.irText(for: p)
      else { continue }
      // The linker leaves out internal functions that nothing uses yet.
      _ = module.link(text: text.replacingFirst("define internal ", with: "define "))
      module.function(named: name)?.setInternal()
    }
  }
  static func removeUnusedPrelude(from module: Module) {
    module.removeUnused(
      prelude.compactMap { p in
        guard case .prelude(let name) = p.form else { return nil }
        return module.function(named: name)
      })
  }
}

extension String {
  fileprivate func replacingFirst(_ what: String, with text: String) -> String {
    var i = startIndex
    while i < endIndex {
      if self[i...].hasPrefix(what) { return self[..<i] + text + self[i...].dropFirst(what.count) }
      i = index(after: i)
    }
    return self
  }
}
