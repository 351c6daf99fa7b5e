package import Analysis
package import IR

/// The halves of split mode as the user calls them, around the engine's own pair: the tape pointer is an
/// arena on the heap, whose fifth word is the frame.
struct SplitWrapper {
  let unit: DerivativeUnit
  let request: Request

  init(_ unit: DerivativeUnit, _ request: Request) {
    self.unit = unit
    self.request = request
  }

  private var context: Context { request.function.context }
  private var module: Module { request.function.module }
  private static let words = TapeRuntime.arenaWords + 1

  func write() -> Function {
    let isAugmented = request.mode == .augmented
    let s = unit.program.root
    let pair = unit.pair(s)
    let base = Signature.of(request, unit.activity)
    var parameters = Array(zip(base.parameters, base.parameterTypes))
    var results = Array(zip(base.results, base.resultTypes))
    if isAugmented {
      results = [(.frame, context.bytePointer)] + results
      if request.result == .duplicated {
        for l in 0..<request.width { results.append((.shadow(lane: l), request.function.returnType)) }
      }
    } else {
      parameters.append((.frame, context.bytePointer))
    }
    let signature = Signature(parameters, results, context)
    let name = (isAugmented ? "augment." : "reverse.") + s.original.name
    let f = module.addFunction(unit.engine.freshName(name), signature.type)
    f.setInternal()
    f.copyAttributes(from: s.original)
    unit.engine.produced.append(f)
    if isAugmented { unit.entries.append(f) }
    let builder = Builder(module: module)
    builder.position(atEndOf: f.appendBlock("entry"))
    if isAugmented { augment(f, signature, pair, builder) } else { reverse(f, signature, pair, builder) }
    return f
  }

  private func arguments(
    _ inner: Signature, _ f: Function, _ outer: Signature, arena: Value, frame: Value?
  ) -> [Value] {
    zip(inner.parameters, inner.parameterTypes).map { p, type in
      switch p {
      case .arena: arena
      case .frame: frame!
      case .shadow(let k, _):
        // A const parameter has no shadow: itself stands for none.
        outer.parameter(p, of: f) ?? outer.parameter(.primal(k), of: f)!
      case .primal: outer.parameter(p, of: f)!
      case .resultAdjoint: outer.parameter(p, of: f) ?? type.zero
      }
    }
  }

  private func augment(_ f: Function, _ signature: Signature, _ pair: DerivativeUnit.Pair, _ builder: Builder) {
    let malloc = module.declare("malloc", .function(context.bytePointer, [context.i64]))
    let size = context.i64.constant(8 * Self.words)
    let arena = builder.call(malloc, [size])
    builder.memset(arena, byte: 0, count: size, alignment: 8)
    let inner = pair.augmentedSignature
    let call = builder.call(
      pair.augmented, arguments(inner, f, signature, arena: arena, frame: nil))
    builder.store(inner.result(.frame, of: call, builder)!, to: builder.offset(arena, 8 * TapeRuntime.arenaWords))
    signature.buildReturn(builder) { r in
      switch r {
      case .frame: arena
      case .primal: inner.result(.primal, of: call, builder)!
      case .shadow: inner.result(r, of: call, builder) ?? inner.result(.primal, of: call, builder)!
      default: unreachable("result of an augmented function")
      }
    }
  }

  private func reverse(_ f: Function, _ signature: Signature, _ pair: DerivativeUnit.Pair, _ builder: Builder) {
    let arena = signature.parameter(.frame, of: f)!
    let frame = builder.load(context.bytePointer, from: builder.offset(arena, 8 * TapeRuntime.arenaWords))
    let inner = pair.reverseSignature
    let call = builder.call(
      pair.reverse, arguments(inner, f, signature, arena: arena, frame: frame))
    if request.freesTape {
      builder.call(TapeRuntime.function(.destroy, in: module), [arena])
      let free = module.declare("free", .function(context.void, [context.bytePointer]))
      builder.call(free, [arena])
    }
    signature.buildReturn(builder) { r in
      inner.result(r, of: call, builder) ?? signature.resultTypes[signature.results.firstIndex(of: r)!].zero
    }
  }
}
