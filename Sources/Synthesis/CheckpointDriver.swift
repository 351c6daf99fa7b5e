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
/// Where the steps themselves say when to end, the augmented half first runs them all to count them.
///
/// The frame on the tape: how many snapshots there is room for, how many there are, how many steps, the step before which
/// each snapshot was taken, and their contents.
final class CheckpointDriver: StepDriver {
  private let pair: DerivativeUnit.Pair
  private let stepPair: DerivativeUnit.Pair
  /// How many steps there are.
  private var count: Value
  private static let header = 32

  init?(_ unit: DerivativeUnit, _ loop: Subject, _ pair: DerivativeUnit.Pair) {
    guard let shape = loop.checkpointedLoop, shape.kind != .fixedPoint, let call = loop.stepCall,
      let f = call.callee, let step = unit.program.subject(of: f),
      case .call = unit.versions!.reversals[loop.original]![loop.id(call) - loop.parameterCount]
    else { return nil }
    self.pair = pair
    stepPair = unit.pair(step)
    count = unit.program.module.context.i64.constant(0)
    super.init(unit, loop, pair.augmented, pair.augmentedSignature)
  }

  func write() {
    begin(pair.augmented, pair.augmentedSignature)
    if shape.kind == .counted { augmentCounted() } else { augmentUncounted() }
    begin(pair.reverse, pair.reverseSignature)
    writeReverse { tape, adjoints in
      let base = signature.parameter(.frame, of: function)!
      if shape.kind == .counted {
        count = parameter(CheckpointedLoop.count)
        choose(builder.icmp(.sgt, count, constant(0))) { goBack(base, tape, adjoints) }
      } else {
        count = builder.load(i64, from: builder.offset(base, 16))
        goBack(base, tape, adjoints)
      }
    }
  }

  // MARK: Snapshots

  private struct Frame {
    let base: Value
    let capacity: Value
    let positions: Value
    let contents: Value
    let size: Value
  }
  private func frame(_ base: Value, _ capacity: Value) -> Frame {
    let positions = builder.offset(base, Self.header)
    let contents = builder.offset(positions, rounded(builder.mul(capacity, constant(8))))
    return Frame(
      base: base, capacity: capacity, positions: positions, contents: contents, size: snapshotSize()
    )
  }
  private func newFrame(_ wanted: Value) -> Frame {
    let capacity = builder.select(builder.icmp(.slt, wanted, constant(1)), constant(1), wanted)
    let header = builder.add(constant(Self.header), rounded(builder.mul(capacity, constant(8))))
    let total = builder.add(header, builder.mul(capacity, snapshotSize()))
    let base = builder.call(tapeFunction(.allocate), [arena, total])
    builder.store(capacity, to: base)
    return frame(base, capacity)
  }
  private func position(_ f: Frame, _ k: Value) -> Value { builder.element(f.positions, i64, k) }
  private func place(_ f: Frame, _ k: Value) -> Value {
    builder.offset(f.contents, builder.mul(k, f.size))
  }
  private func keep(_ f: Frame, _ k: Value, _ at: Value) {
    builder.store(at, to: position(f, k))
    copyRegions(place(f, k), back: false)
  }

  /// Does the steps `from..<to` as the program does them.
  private func advance(_ from: Value, _ to: Value) {
    let i = variable(from)
    whileLoop({ builder.icmp(.slt, get(i), to) }) {
      doStep(get(i))
      builder.store(builder.add(get(i), constant(1)), to: i)
    }
  }

  // MARK: The halves

  /// Where the next state is to be kept: so many steps ahead of `from`, with `end` to reach and room for `room` more.
  private func next(_ from: Value, _ end: Value, _ room: Value) -> Value {
    builder.call(
      tapeFunction(.schedule), [builder.sub(end, from), builder.add(room, constant(1))])
  }

  private func augmentCounted() {
    count = parameter(CheckpointedLoop.count)
    let none = function.appendBlock("none")
    let some = function.appendBlock("some")
    builder.condBr(builder.icmp(.slt, count, constant(1)), none, some)
    builder.position(atEndOf: none)
    returnFrame(context.bytePointer.zero)
    builder.position(atEndOf: some)
    let f = newFrame(minimum(parameter(CheckpointedLoop.snapshots), count))
    keep(f, constant(0), constant(0))
    let at = keepOnTheWay(f)
    advance(get(at), count)
    returnFrame(f.base)
  }

  /// The state behind the last step is known when the steps have been counted; so they are done again only as far as
  /// states are kept.
  private func augmentUncounted() {
    let size = snapshotSize()
    let twice = builder.add(builder.mul(size, constant(2)), constant(TapeRuntime.alignment))
    let begins = borrow(twice)
    let ends = builder.offset(begins, size)
    copyRegions(begins, back: false)
    let counted = variable(constant(0))
    doAllSteps { builder.store(builder.add(get(counted), constant(1)), to: counted) }
    count = get(counted)
    copyRegions(ends, back: false)
    copyRegions(begins, back: true)
    let f = newFrame(minimum(parameter(CheckpointedLoop.snapshots), count))
    builder.store(count, to: builder.offset(f.base, 16))
    keep(f, constant(0), constant(0))
    _ = keepOnTheWay(f)
    copyRegions(ends, back: true)
    giveBack(begins)
    returnFrame(f.base)
  }

  /// Does steps up to the last state that is kept. Gives the variable that says where that is.
  private func keepOnTheWay(_ f: Frame) -> Value {
    let at = variable(constant(0))
    let newest = variable(constant(0))
    let last = builder.sub(f.capacity, constant(1))
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
    builder.store(get(newest), to: builder.offset(f.base, 8))
    return at
  }

  private func goBack(_ base: Value, _ tape: Value, _ adjoints: [Int: Value]) {
    let f = frame(base, builder.load(i64, from: base))
    // Memory of the caller's is left as the loop left it; memory that the caller restores, as it was before.
    let ends = builder.call(tapeFunction(.allocate), [arena, f.size])
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
        turn(i, stepPair, tape, adjoints)
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
    builder.call(tapeFunction(.release), [arena, base])
  }
}
