package import Analysis
package import IR

/// The halves of split mode as the user calls them, around the engine's own pair: the tape pointer is an
/// arena on the heap, behind which stand the frame and a mark of what the tape is for.
struct SplitWrapper {
  let unit: DerivativeUnit
  let request: Request
  /// Is this where a derivative's computation begins?
  let begins: Bool

  init(_ unit: DerivativeUnit, _ request: Request, begins: Bool) {
    self.unit = unit
    self.request = request
    self.begins = begins
  }

  private var context: Context { request.function.context }
  private var module: Module { request.function.module }
  private static let frameOffset = 8 * TapeRuntime.arenaWords
  private static let markOffset = frameOffset + 8
  private static let size = TapeRuntime.tapeSize
  private var isForTangents: Bool { unit.mode == .forwardSplit }

  func write() -> Function {
    let isAugmented = request.mode == .augmented
    let s = unit.program.root
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
    let name = isAugmented ? "augment." : isForTangents ? "replay." : "reverse."
    let f = module.addFunction(unit.engine.freshName(name + s.original.name), signature.type)
    f.setInternal()
    f.copyAttributes(from: s.original)
    unit.engine.produced.append(f)
    if begins, isAugmented != isForTangents { unit.entries.append(f) }
    let builder = Builder(module: module)
    builder.position(atEndOf: f.appendBlock("entry"))
    if isAugmented { augment(f, signature, builder) } else { consume(f, signature, builder) }
    return f
  }

  /// The engine's own half.
  private var half: (function: Function, signature: Signature) {
    let s = unit.program.root
    let isAugmented = request.mode == .augmented
    if isForTangents {
      let pair = unit.replayPair(s)
      return isAugmented ? (pair.recording, pair.recordingSignature) : (pair.replaying, pair.replayingSignature)
    }
    let pair = unit.pair(s)
    return isAugmented ? (pair.augmented, pair.augmentedSignature) : (pair.reverse, pair.reverseSignature)
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
        outer.parameter(p, of: f) ?? (type.containsPointer ? outer.parameter(.primal(k), of: f)! : type.zero)
      case .primal: outer.parameter(p, of: f)!
      case .resultAdjoint: outer.parameter(p, of: f) ?? type.zero
      }
    }
  }

  private func augment(_ f: Function, _ signature: Signature, _ builder: Builder) {
    let malloc = module.declare("malloc", .function(context.bytePointer, [context.i64]))
    let size = context.i64.constant(Self.size)
    let arena = builder.call(malloc, [size])
    builder.memset(arena, byte: 0, count: size, alignment: 8)
    let (function, inner) = half
    giveBack(arena, whenThrownOutOf: f)
    let call = builder.call(function, arguments(inner, f, signature, arena: arena, frame: nil))
    builder.store(inner.result(.frame, of: call, builder)!, to: builder.offset(arena, Self.frameOffset))
    builder.store(context.i64.constant(mark), to: builder.offset(arena, Self.markOffset))
    signature.buildReturn(builder) { r in
      switch r {
      case .frame: arena
      case .primal: inner.result(.primal, of: call, builder)!
      // The shadows of what tangents are computed for are made with them.
      case .shadow where isForTangents: signature.resultTypes[signature.results.firstIndex(of: r)!].zero
      case .shadow: inner.result(r, of: call, builder) ?? inner.result(.primal, of: call, builder)!
      default: unreachable("result of an augmented function")
      }
    }
  }

  /// The half that uses the tape.
  private func consume(_ f: Function, _ signature: Signature, _ builder: Builder) {
    let tape = signature.parameter(.frame, of: f)!
    check(tape, builder)
    let frame = builder.load(context.bytePointer, from: builder.offset(tape, Self.frameOffset))
    let (function, inner) = half
    // Tangents leave the tape as it is.
    let arena = isForTangents ? ownArena(builder) : tape
    let destroy = TapeRuntime.function(.destroy, in: module)
    if isForTangents { unit.engine.whenThrown(outOf: f) { $0.call(destroy, [arena]) } }
    if request.freesTape { giveBack(tape, whenThrownOutOf: f) }
    let call = builder.call(function, arguments(inner, f, signature, arena: arena, frame: frame))
    if isForTangents { builder.call(destroy, [arena]) }
    if request.freesTape { free(tape, builder) }
    signature.buildReturn(builder) { r in
      if let value = inner.result(r, of: call, builder) { return value }
      let type = signature.resultTypes[signature.results.firstIndex(of: r)!]
      // A pointer without shadow is its own.
      guard r == .tangent, request.width == 1, type.isPointer else { return type.zero }
      return inner.result(.primal, of: call, builder)!
    }
  }

  private func free(_ tape: Value, _ builder: Builder) {
    builder.call(TapeRuntime.function(.destroy, in: module), [tape])
    builder.call(module.declare("free", .function(context.void, [context.bytePointer])), [tape])
  }
  private func giveBack(_ tape: Value, whenThrownOutOf f: Function) {
    unit.engine.whenThrown(outOf: f) { free(tape, $0) }
  }

  private func ownArena(_ builder: Builder) -> Value {
    let type = context.i64.array(TapeRuntime.arenaWords)
    let arena = builder.entryAlloca(type, name: "arena")
    builder.store(type.zero, to: arena)
    return builder.cast(pointer: arena, to: context.bytePointer)
  }

  // MARK: The right tape

  /// What a tape is for: a number that the two halves have in common, and others hardly.
  private var mark: Int {
    let r = unit.request
    var words = [r.function.name, "\(unit.mode)", "\(r.parameters)", "\(r.result)", "\(r.notOverwritten)"]
    words.append(isForTangents ? "" : "\(r.width)")
    // FNV-1a.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in words.joined(separator: ";").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return Int(hash >> 2)
  }

  /// Ends the program if the tape was made for something else.
  private func check(_ tape: Value, _ builder: Builder) {
    let found = builder.load(context.i64, from: builder.offset(tape, Self.markOffset))
    let function = builder.function
    let (wrong, right) = (function.appendBlock("wrong"), function.appendBlock("right"))
    builder.condBr(builder.icmp(.eq, found, context.i64.constant(mark)), right, wrong)
    builder.position(atEndOf: wrong)
    RunTimeError.stop(
      "a tape was given to '\(request.function.name)' that was made for something else; both halves must name the same "
        + "function with the same activities", builder)
    builder.position(atEndOf: right)
  }
}
