package import Analysis
package import IR
package import Planning

/// Writes the halves of a checkpointed loop.
///
/// The augmented half runs the loop and keeps states ("snapshots" of the regions) where the binomial schedule wants
/// them. The reverse half goes back step by step: from the newest snapshot it does the steps again up to the one to be
/// reversed, keeping states on the way where there is room; that step then runs in its augmented and its reverse half,
/// on a tape of its own. With `s` snapshots and `r` repetitions of each step at most, binomial(s + r, s) steps can be
/// reversed (Griewank and Walther, "Algorithm 799: Revolve", 2000).
///
/// The frame on the tape: how many snapshots there is room for, how many there are, the step before which each was taken,
/// and their contents.
final class CheckpointDriver {
  private let unit: DerivativeUnit
  private let loop: Subject
  private let shape: CheckpointedLoop
  private let step: Subject
  private let pair: DerivativeUnit.Pair
  private let stepPair: DerivativeUnit.Pair
  private let builder: Builder
  private var context: Context { builder.context }
  private var i64: Type { builder.context.i64 }
  // Of the half that is written.
  private var function: Function
  private var signature: Signature

  init?(_ unit: DerivativeUnit, _ loop: Subject, _ pair: DerivativeUnit.Pair) {
    guard let shape = loop.checkpointedLoop, let call = loop.stepCall, let f = call.callee,
      let step = unit.program.subject(of: f),
      case .call = unit.versions!.reversals[loop.original]![loop.id(call) - loop.parameterCount]
    else { return nil }
    self.unit = unit
    self.loop = loop
    self.shape = shape
    self.step = step
    self.pair = pair
    stepPair = unit.pair(step)
    builder = Builder(module: unit.program.module)
    function = pair.augmented
    signature = pair.augmentedSignature
  }

  func write() {
    begin(pair.augmented, pair.augmentedSignature)
    augment()
    begin(pair.reverse, pair.reverseSignature)
    reverse()
  }
  private func begin(_ f: Function, _ s: Signature) {
    function = f
    signature = s
    builder.position(atEndOf: f.appendBlock("entry"))
  }

  // MARK: Small words

  private func constant(_ n: Int) -> Value { i64.constant(n) }
  private func parameter(_ k: Int) -> Value { signature.parameter(.primal(k), of: function)! }
  private var count: Value { parameter(CheckpointedLoop.count) }
  private var arena: Value { signature.parameter(.arena, of: function)! }
  private func variable(_ initial: Value) -> Value {
    let v = builder.entryAlloca(initial.type)
    builder.store(initial, to: v)
    return v
  }
  private func get(_ v: Value) -> Value { builder.load(i64, from: v) }
  private func minimum(_ a: Value, _ b: Value) -> Value {
    builder.select(builder.icmp(.slt, a, b), a, b)
  }

  private func whileLoop(_ condition: () -> Value, _ body: () -> Void) {
    let head = function.appendBlock("while")
    let inside = function.appendBlock("do")
    let out = function.appendBlock("done")
    builder.br(head)
    builder.position(atEndOf: head)
    builder.condBr(condition(), inside, out)
    builder.position(atEndOf: inside)
    body()
    builder.br(head)
    builder.position(atEndOf: out)
  }
  private func choose(_ condition: Value, _ yes: () -> Void, _ no: () -> Void = {}) {
    let a = function.appendBlock("then")
    let b = function.appendBlock("else")
    let join = function.appendBlock("join")
    builder.condBr(condition, a, b)
    builder.position(atEndOf: a)
    yes()
    builder.br(join)
    builder.position(atEndOf: b)
    no()
    builder.br(join)
    builder.position(atEndOf: join)
  }

  // MARK: Snapshots

  private func rounded(_ bytes: Value) -> Value {
    builder.and(
      builder.add(bytes, constant(TapeRuntime.alignment - 1)), constant(-TapeRuntime.alignment))
  }
  private func bytes(_ region: Int) -> Value { parameter(shape.region(region).bytes) }
  private func snapshotSize() -> Value {
    (0..<shape.regions).reduce(constant(0)) { builder.add($0, rounded(bytes($1))) }
  }
  private struct Frame {
    let base: Value
    let capacity: Value
    let positions: Value
    let contents: Value
    let size: Value
  }
  private func frame(_ base: Value, _ capacity: Value) -> Frame {
    let positions = builder.offset(base, 16)
    let contents = builder.offset(positions, rounded(builder.mul(capacity, constant(8))))
    return Frame(
      base: base, capacity: capacity, positions: positions, contents: contents, size: snapshotSize()
    )
  }
  private func position(_ f: Frame, _ k: Value) -> Value { builder.element(f.positions, i64, k) }

  /// Copies all regions to the place, or from there.
  private func copyRegions(_ place: Value, back: Bool, only: (Int) -> Bool = { _ in true }) {
    var offset = constant(0)
    for k in 0..<shape.regions {
      let region = parameter(shape.region(k).pointer)
      let there = builder.offset(place, offset)
      if only(k) {
        builder.memcpy(to: back ? region : there, from: back ? there : region, count: bytes(k))
      }
      offset = builder.add(offset, rounded(bytes(k)))
    }
  }
  private func place(_ f: Frame, _ k: Value) -> Value {
    builder.offset(f.contents, builder.mul(k, f.size))
  }
  private func keep(_ f: Frame, _ k: Value, _ at: Value) {
    builder.store(at, to: position(f, k))
    copyRegions(place(f, k), back: false)
  }

  // MARK: Steps

  private func number(_ i: Value) -> Value {
    let type = step.function.parameter(0).type
    return builder.intCast(
      builder.add(parameter(CheckpointedLoop.start), i), to: type, signed: true)
  }
  /// Does the steps `from..<to` as the program does them.
  private func advance(_ from: Value, _ to: Value) {
    let i = variable(from)
    whileLoop({ builder.icmp(.slt, get(i), to) }) {
      let arguments = step.function.parameters.indices.map { k in
        k == 0 ? number(get(i)) : parameter(shape.parameter(ofArgument: k))
      }
      builder.call(step.original, arguments)
      builder.store(builder.add(get(i), constant(1)), to: i)
    }
  }
  private func arguments(_ s: Signature, _ i: Value, _ tape: Value, _ frame: Value?) -> [Value] {
    zip(s.parameters, s.parameterTypes).map { p, type in
      switch p {
      case .primal(0): number(i)
      case .primal(let k): parameter(shape.parameter(ofArgument: k))
      case .shadow(let k, let lane):
        signature.parameter(.shadow(shape.parameter(ofArgument: k), lane: lane), of: function)
          ?? parameter(shape.parameter(ofArgument: k))
      case .resultAdjoint: type.zero
      case .arena: tape
      case .frame: frame!
      }
    }
  }
  /// Reverses step `i`, before which the memory is now.
  private func turn(_ i: Value, _ tape: Value, _ adjoints: [Int: Value]) {
    let a = stepPair.augmentedSignature
    let ahead = builder.call(stepPair.augmented, arguments(a, i, tape, nil))
    let r = stepPair.reverseSignature
    let back = builder.call(
      stepPair.reverse, arguments(r, i, tape, a.result(.frame, of: ahead, builder)!))
    for case .adjoint(let k) in r.results {
      guard let sum = adjoints[shape.parameter(ofArgument: k)] else { continue }
      let delta = r.result(.adjoint(k), of: back, builder)!
      builder.store(add(builder.load(delta.type, from: sum), delta), to: sum)
    }
    // With the step's tape goes what the step has freed.
    builder.call(TapeRuntime.function(.destroy, in: unit.program.module), [tape])
  }
  private func add(_ a: Value, _ b: Value) -> Value {
    if a.type.isFloatOrVector { return builder.fadd(a, b) }
    guard a.type.isAggregate else { return a }
    return (0..<a.type.count).reduce(a) { sum, k in
      builder.insertValue(sum, add(builder.extractValue(a, k), builder.extractValue(b, k)), k)
    }
  }

  // MARK: The halves

  /// Where the next state is to be kept: so many steps ahead of `from`, with `end` to reach and room for `room` more.
  private func next(_ from: Value, _ end: Value, _ room: Value) -> Value {
    builder.call(
      TapeRuntime.function(.schedule, in: unit.program.module),
      [builder.sub(end, from), builder.add(room, constant(1))])
  }

  private func augment() {
    let none = function.appendBlock("none")
    let some = function.appendBlock("some")
    builder.condBr(builder.icmp(.slt, count, constant(1)), none, some)
    builder.position(atEndOf: none)
    finish(frame: context.bytePointer.zero)
    builder.position(atEndOf: some)
    let wanted = minimum(parameter(CheckpointedLoop.snapshots), count)
    let capacity = builder.select(builder.icmp(.slt, wanted, constant(1)), constant(1), wanted)
    let header = builder.add(constant(16), rounded(builder.mul(capacity, constant(8))))
    let total = builder.add(header, builder.mul(capacity, snapshotSize()))
    let base = builder.call(
      TapeRuntime.function(.allocate, in: unit.program.module), [arena, total])
    let f = frame(base, capacity)
    builder.store(capacity, to: base)
    let at = variable(constant(0))
    let newest = variable(constant(0))
    keep(f, constant(0), constant(0))
    let last = builder.sub(capacity, constant(1))
    let open = variable(constant(1))
    whileLoop({
      builder.and(builder.icmp(.slt, get(newest), last), builder.icmp(.eq, get(open), constant(1)))
    }) {
      let ahead = next(get(at), count, builder.sub(last, get(newest)))
      let to = builder.add(get(at), ahead)
      choose(builder.icmp(.slt, to, count)) {
        advance(get(at), to)
        builder.store(to, to: at)
        builder.store(builder.add(get(newest), constant(1)), to: newest)
        keep(f, get(newest), to)
      } _: {
        builder.store(constant(0), to: open)
      }
    }
    builder.store(get(newest), to: builder.offset(base, 8))
    advance(get(at), count)
    finish(frame: base)
  }
  private func finish(frame: Value) {
    signature.buildReturn(builder) { r in
      switch r {
      case .frame: frame
      default: unreachable("result of a loop")
      }
    }
  }

  private func reverse() {
    let results = signature.results
    var adjoints: [Int: Value] = [:]
    for (r, type) in zip(results, signature.resultTypes) {
      guard case .adjoint(let k) = r else { continue }
      adjoints[k] = variable(type.zero)
    }
    let tapeType = i64.array(TapeRuntime.arenaWords)
    let tapePlace = variable(tapeType.zero)
    let tape = builder.cast(pointer: tapePlace, to: context.bytePointer)
    choose(builder.icmp(.sgt, count, constant(0))) { goBack(tape, adjoints) }
    signature.buildReturn(builder) { r in
      guard case .adjoint(let k) = r, let v = adjoints[k] else {
        unreachable("result of a reversed loop")
      }
      return builder.load(signature.resultTypes[results.firstIndex(of: r)!], from: v)
    }
  }

  private func goBack(_ tape: Value, _ adjoints: [Int: Value]) {
    let base = signature.parameter(.frame, of: function)!
    let f = frame(base, builder.load(i64, from: base))
    // Memory of the caller's is left as the loop left it; memory that the caller restores, as it was before.
    func isRestored(_ k: Int) -> Bool {
      let p = loop.function.parameter(shape.region(k).pointer)
      return unit.program.graph.cell(of: p).map { unit.versions!.restored.contains($0.node) }
        ?? false
    }
    let ends = builder.call(
      TapeRuntime.function(.allocate, in: unit.program.module), [arena, f.size])
    copyRegions(ends, back: false)
    let top = variable(builder.load(i64, from: builder.offset(base, 8)))
    let end = variable(count)
    // The step before which the memory is; -1 where that is not one of the snapshots'.
    let now = variable(constant(-1))
    whileLoop({ builder.icmp(.sgt, get(end), constant(0)) }) {
      let from = builder.load(i64, from: position(f, get(top)))
      choose(builder.icmp(.ne, get(now), from)) { copyRegions(place(f, get(top)), back: true) }
      let isNext = builder.icmp(.eq, builder.add(from, constant(1)), get(end))
      let isFull = builder.icmp(.eq, builder.add(get(top), constant(1)), f.capacity)
      choose(builder.or(isNext, isFull)) {
        let i = builder.sub(get(end), constant(1))
        advance(from, i)
        turn(i, tape, adjoints)
        builder.store(i, to: end)
        builder.store(constant(-1), to: now)
        let isUsedUp = builder.icmp(.eq, from, i)
        builder.store(
          builder.select(isUsedUp, builder.sub(get(top), constant(1)), get(top)), to: top)
      } _: {
        let room = builder.sub(builder.sub(f.capacity, constant(1)), get(top))
        let to = builder.add(from, next(from, get(end), room))
        advance(from, to)
        builder.store(builder.add(get(top), constant(1)), to: top)
        keep(f, get(top), to)
        builder.store(to, to: now)
      }
    }
    // A tape that is used once more has its first snapshot.
    builder.store(constant(0), to: builder.offset(base, 8))
    copyRegions(ends, back: true) { !isRestored($0) }
    copyRegions(place(f, constant(0)), back: true, only: isRestored)
    builder.call(TapeRuntime.function(.release, in: unit.program.module), [arena, base])
  }
}
