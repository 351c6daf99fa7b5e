package import Analysis
package import IR

/// The parameters and results of a derivative function, by what they mean.
package struct Signature {
  package enum Parameter: Hashable {
    case primal(Int)
    case shadow(Int, lane: Int)
    /// Adjoint of the result.
    case resultAdjoint(lane: Int)
    case frame
    case arena
  }
  package enum Result: Hashable {
    /// The tape of an augmented function.
    case frame
    case primal
    case shadow(lane: Int)
    /// Adjoint of a parameter, all lanes.
    case adjoint(Int)
    /// Tangent of the result, all lanes.
    case tangent
  }
  package let parameters: [Parameter]
  package let results: [Result]
  package let parameterTypes: [Type]
  package let resultTypes: [Type]
  package let type: Type

  init(_ parameters: [(Parameter, Type)], _ results: [(Result, Type)], _ context: Context) {
    self.parameters = parameters.map(\.0)
    self.results = results.map(\.0)
    parameterTypes = parameters.map(\.1)
    resultTypes = results.map(\.1)
    let result =
      results.isEmpty ? context.void : results.count == 1 ? results[0].1 : context.structure(results.map(\.1))
    type = .function(result, parameters.map(\.1))
  }

  func parameter(_ p: Parameter, of f: Function) -> Value? {
    parameters.firstIndex(of: p).map { f.parameter($0) }
  }
  /// The result of a call that has the meaning `r`.
  func result(_ r: Result, of call: Value, _ builder: Builder) -> Value? {
    guard let i = results.firstIndex(of: r) else { return nil }
    return results.count == 1 ? call : builder.extractValue(call, i)
  }
  /// Builds the return of these results.
  func buildReturn(_ builder: Builder, _ value: (Result) -> Value) {
    if results.isEmpty { return builder.ret(nil) }
    if results.count == 1 { return builder.ret(value(results[0])) }
    var s = type.returnType.poison
    for (i, r) in results.enumerated() { s = builder.insertValue(s, value(r), i) }
    builder.ret(s)
  }
}

extension Signature {
  /// The derivative that a request asks for, as documented on `Request`.
  static func of(_ r: Request, _ activity: Activity) -> Signature {
    let f = r.function
    let context = f.context
    var parameters: [(Parameter, Type)] = []
    var results: [(Result, Type)] = []
    func lanes(_ t: Type) -> Type { r.width == 1 ? t : t.array(r.width) }
    for (i, p) in f.parameters.enumerated() {
      parameters.append((.primal(i), p.type))
      switch r.parameters[i] {
      case .duplicated, .duplicatedNoNeed:
        for l in 0..<r.width { parameters.append((.shadow(i, lane: l), p.type)) }
      case .out: if r.mode != .augmented { results.append((.adjoint(i), lanes(p.type))) }
      case .constant: break
      }
    }
    if r.returnsPrimal, !f.returnType.isVoid { results.insert((.primal, f.returnType), at: 0) }
    if r.mode == .gradient && r.seedParameter || r.mode == .reverse && r.result == .active {
      for l in 0..<r.width { parameters.append((.resultAdjoint(lane: l), f.returnType)) }
    }
    if r.mode == .forward || r.mode == .forwardSplit, r.result != .constant {
      results.append((.tangent, lanes(f.returnType)))
    }
    return Signature(parameters, results, context)
  }

  /// Which parameters of a subject have shadows when it is called from differentiated code.
  static func hasShadow(_ p: Value, _ activity: Activity) -> Bool {
    p.type.containsPointer && activity.needsShadow(p)
  }

  /// The augmented half of a callee.
  static func augmented(_ s: Subject, _ a: Activity, _ width: Int) -> Signature {
    let context = s.function.context
    let r = s.function.returnType
    var results: [(Result, Type)] = [(.frame, context.bytePointer)]
    if !r.isVoid { results.append((.primal, r)) }
    if r.containsPointer, resultNeedsShadow(s, a) {
      for l in 0..<width { results.append((.shadow(lane: l), r)) }
    }
    return Signature(pairParameters(s, a, width) + [(.arena, context.bytePointer)], results, context)
  }
  /// The reverse half of a callee.
  static func reverse(_ s: Subject, _ a: Activity, _ width: Int) -> Signature {
    let context = s.function.context
    var parameters = pairParameters(s, a, width)
    let r = s.function.returnType
    if a.isResultActive(s) { for l in 0..<width { parameters.append((.resultAdjoint(lane: l), r)) } }
    parameters += [(.frame, context.bytePointer), (.arena, context.bytePointer)]
    var results: [(Result, Type)] = []
    for (i, p) in s.function.parameters.enumerated() where a.isActive(p, in: s) && !p.type.isPointer {
      results.append((.adjoint(i), width == 1 ? p.type : p.type.array(width)))
    }
    return Signature(parameters, results, context)
  }
  /// The tangent of a callee.
  static func tangent(_ s: Subject, _ a: Activity, _ width: Int) -> Signature {
    let context = s.function.context
    var parameters: [(Parameter, Type)] = []
    for (i, p) in s.function.parameters.enumerated() {
      parameters.append((.primal(i), p.type))
      if hasShadow(p, a) || a.isActive(p, in: s) {
        for l in 0..<width { parameters.append((.shadow(i, lane: l), p.type)) }
      }
    }
    let r = s.function.returnType
    var results: [(Result, Type)] = r.isVoid ? [] : [(.primal, r)]
    if a.isResultActive(s) || r.containsPointer && resultNeedsShadow(s, a) {
      results.append((.tangent, width == 1 ? r : r.array(width)))
    }
    return Signature(parameters, results, context)
  }

  /// The recording half of tangents from a tape: no shadows.
  static func recording(_ s: Subject) -> Signature {
    let context = s.function.context
    let r = s.function.returnType
    let parameters: [(Parameter, Type)] = s.function.parameters.enumerated().map { (.primal($0), $1.type) }
    return Signature(
      parameters + [(.arena, context.bytePointer)],
      [(.frame, context.bytePointer)] + (r.isVoid ? [] : [(.primal, r)]), context)
  }
  /// The replaying half. That of the root has the result of the primal as well.
  static func replaying(_ s: Subject, _ a: Activity, _ width: Int, isRoot: Bool) -> Signature {
    let context = s.function.context
    let t = tangent(s, a, width)
    let results = Array(zip(t.results, t.resultTypes)).filter { isRoot || $0.0 != .primal }
    return Signature(
      Array(zip(t.parameters, t.parameterTypes)) + [(.frame, context.bytePointer), (.arena, context.bytePointer)],
      results,
      context)
  }

  static func resultNeedsShadow(_ s: Subject, _ a: Activity) -> Bool {
    guard let e = s.exit, let v = s.terminator(e).operands.first else { return false }
    return a.needsShadow(v)
  }
  private static func pairParameters(_ s: Subject, _ a: Activity, _ width: Int) -> [(Parameter, Type)] {
    var list: [(Parameter, Type)] = []
    for (i, p) in s.function.parameters.enumerated() {
      list.append((.primal(i), p.type))
      if hasShadow(p, a) { for l in 0..<width { list.append((.shadow(i, lane: l), p.type)) } }
    }
    return list
  }
}
