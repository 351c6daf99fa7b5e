package import Analysis
package import IR
package import Planning

/// Writes the derivatives of a fixed-point iteration *z* ← *F*(*z*, *p*) from its last state alone.
///
/// Reverse: with *v* = z̄, steps are reversed at the last state again and again. Each leaves *v* ← *v* ∂*F*/∂*z* in the shadow of the
/// state and adds *v* ∂*F*/∂*p* to the adjoints of what the step reads. The sum of these is z̄ (1 − ∂*F*/∂*z*)⁻¹ ∂*F*/∂*p*, the adjoint of
/// the solution: the second phase of a two-phase adjoint (Christianson, "Reverse accumulation and attractive fixed points",
/// 1994). It ends when *v* is small beside z̄; then nothing depends on where the iteration began.
///
/// Forward: ż ← ∂*F*/∂*z* ż + ∂*F*/∂*p* ṗ at the last state, until ż does not change any more.
///
/// Where this does not end, the derivatives become NaN.
final class FixedPointDriver: StepDriver {
  private var double: Type { builder.context.double }
  private var memory: ShadowMemory { ShadowMemory(builder: builder, adjoints: nil) }
  /// After so many steps the iteration is taken to lead nowhere, if the program does not say how many.
  private static let patience = 100_000

  /// The numbers of each region; nil where it has no shadow.
  private var layouts: [CopyLayout?] {
    (0..<shape.regions).map { FixedPointState.layout($0, loop, shape, unit.program, unit.activity) }
  }

  // MARK: Reverse mode

  func writePair(_ pair: DerivativeUnit.Pair) {
    let stepPair = unit.pair(step)
    begin(pair.augmented, pair.augmentedSignature)
    augment()
    begin(pair.reverse, pair.reverseSignature)
    writeReverse { tape, adjoints in goBack(stepPair, tape, adjoints) }
  }

  /// Is the state before the loop needed when it has been reversed?
  private var keepsFirst: Bool { (0..<shape.regions).contains(where: isRestored) }

  /// The frame: the last state, and the first if it is needed.
  private func augment() {
    let size = snapshotSize()
    let total = keepsFirst ? builder.add(size, size) : size
    let base = builder.call(tapeFunction(.allocate), [arena, total])
    if keepsFirst { copyRegions(builder.offset(base, size), back: false) }
    doAllSteps()
    copyRegions(base, back: false)
    returnFrame(base)
  }

  private func goBack(_ step: DerivativeUnit.Pair, _ tape: Value, _ adjoints: [Int: Value]) {
    let base = signature.parameter(.frame, of: function)!
    let size = snapshotSize()
    let ends = builder.call(tapeFunction(.allocate), [arena, size])
    copyRegions(ends, back: false)
    copyRegions(base, back: true)
    let first = largest()
    let bound = builder.fmul(tolerance(usual: 1), first)
    let now = variable(first)
    let k = variable(constant(0))
    func turnOnce() {
      turn(nil, step, tape, adjoints)
      copyRegions(base, back: true)
    }
    func isLarge() -> Value { builder.fcmp(.ogt, builder.load(double, from: now), bound) }
    whileLoop({
      let isFinite = builder.fcmp(
        .olt, builder.load(double, from: now), double.constant(Double.infinity))
      let hasPatience = builder.icmp(.slt, get(k), limit)
      return builder.and(builder.and(isLarge(), isFinite), hasPatience)
    }) {
      turnOnce()
      builder.store(largest(), to: now)
      builder.store(builder.add(get(k), constant(1)), to: k)
    }
    choose(builder.and(isLarge(), isOwnLimit)) {
      fill(double.constant(Double.nan))
      turnOnce()
    }
    fill(double.zero)
    copyRegions(ends, back: true) { !isRestored($0) }
    if keepsFirst { copyRegions(builder.offset(base, size), back: true, only: isRestored) }
    builder.call(tapeFunction(.release), [arena, base])
  }

  // MARK: Forward mode

  func writeTangent(_ f: Function, _ s: Signature) {
    begin(f, s)
    doAllSteps()
    let size = snapshotSize()
    let lanes = constant(unit.width + 1)
    let pointer = context.bytePointer
    let module = unit.program.module
    let state = borrow(builder.add(builder.mul(size, lanes), constant(16)))
    copyRegions(state, back: false)
    fill(double.zero)
    let infinity = double.constant(Double.infinity)
    let before = variable(infinity)
    let isFinite = variable(constant(1))
    let k = variable(constant(0))
    let open = variable(constant(1))
    let bound = tolerance(usual: 8)
    let tangent = unit.tangent(step)
    whileLoop({
      let goesOn = builder.and(
        builder.icmp(.eq, get(open), constant(1)), builder.icmp(.eq, get(isFinite), constant(1)))
      return builder.and(goesOn, builder.icmp(.slt, get(k), limit))
    }) {
      forEachLane { lane in
        copyRegions(old(state, size, lane), back: false, of: { self.shadow($0, lane: lane) })
      }
      builder.call(tangent.function, arguments(tangent.signature, nil))
      copyRegions(state, back: true)
      let change = largest(beside: { self.old(state, size, $0) })
      let whole = largest()
      // What is left is small, or as small as rounding lets it become.
      let small = builder.fcmp(.ole, change, builder.fmul(bound, whole))
      let stalls = builder.fcmp(.oge, change, builder.load(double, from: before))
      let rough = builder.fcmp(.ole, change, builder.fmul(double.constant(roughness), whole))
      let finite = builder.fcmp(.olt, whole, infinity)
      let isDone = builder.and(finite, builder.or(small, builder.and(stalls, rough)))
      builder.store(builder.select(finite, constant(1), constant(0)), to: isFinite)
      builder.store(builder.select(isDone, constant(0), constant(1)), to: open)
      builder.store(change, to: before)
      builder.store(builder.add(get(k), constant(1)), to: k)
    }
    choose(builder.and(builder.icmp(.eq, get(open), constant(1)), isOwnLimit)) {
      fill(double.constant(Double.nan))
    }
    giveBack(state)
    signature.buildReturn(builder) { _ in unreachable("result of a loop") }
  }

  private func old(_ state: Value, _ size: Value, _ lane: Int) -> Value {
    builder.offset(state, builder.mul(size, constant(lane + 1)))
  }
  private func forEachLane(_ body: (Int) -> Void) { for lane in 0..<unit.width { body(lane) } }

  // MARK: When it ends

  /// The unit roundoff of the state's numbers.
  private var precision: Double {
    layouts.compactMap { $0 }.flatMap(\.floats).map(\.type.unitRoundoff).max() ?? 0
  }
  /// The size of changes below which they may be those of rounding.
  private var roughness: Double { precision.squareRoot() }

  /// What the program says, or so many unit roundoffs.
  private func tolerance(usual: Double) -> Value {
    let said = parameter(CheckpointedLoop.tolerance)
    let own = double.constant(usual * precision)
    return builder.select(builder.fcmp(.ogt, said, double.zero), said, own)
  }
  private var isOwnLimit: Value {
    builder.icmp(.slt, parameter(CheckpointedLoop.limit), constant(1))
  }
  private var limit: Value {
    builder.select(isOwnLimit, constant(Self.patience), parameter(CheckpointedLoop.limit))
  }

  // MARK: The shadow of the state

  private func forEachNumber(_ body: (Value, CopyLayout.Segment, Int, Value) -> Void) {
    var start = constant(0)
    for (k, layout) in layouts.enumerated() {
      forEachLane { lane in
        guard let p = shadow(k, lane: lane), let layout else { return }
        memory.forEachPeriod(layout, size: bytes(k)) { offset in
          for s in layout.floats {
            let at = builder.add(offset, constant(s.offset))
            body(builder.offset(p, at), s, lane, builder.add(start, at))
          }
        }
      }
      start = builder.add(start, rounded(bytes(k)))
    }
  }

  /// The largest magnitude in the shadow of the state, or of what it differs from the bytes kept for a lane by.
  private func largest(beside kept: ((Int) -> Value)? = nil) -> Value {
    let result = variable(double.zero)
    let magnitude = unit.program.module.intrinsic("llvm.fabs", [double])
    forEachNumber { p, s, lane, offset in
      func number(_ p: Value) -> Value {
        builder.fpCast(builder.load(s.type, from: p, alignment: 1), to: double)
      }
      var v = number(p)
      if let kept { v = builder.fsub(v, number(builder.offset(kept(lane), offset))) }
      let size = builder.call(magnitude, [v])
      let best = builder.load(double, from: result)
      builder.store(builder.select(builder.fcmp(.ogt, size, best), size, best), to: result)
    }
    return builder.load(double, from: result)
  }

  private func fill(_ v: Value) {
    forEachNumber { p, s, _, _ in builder.store(builder.fpCast(v, to: s.type), to: p, alignment: 1)
    }
  }
}
