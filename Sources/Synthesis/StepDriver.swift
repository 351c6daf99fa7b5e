package import Analysis
package import IR
package import Planning

/// What the functions that carry out loops over steps have in common: small loops, copies of the regions that a step
/// changes, and calls of the step and its derivatives.
class StepDriver {
  let unit: DerivativeUnit
  let loop: Subject
  let shape: CheckpointedLoop
  let step: Subject
  let builder: Builder
  // Of the function that is written.
  private(set) var function: Function
  private(set) var signature: Signature
  var context: Context { builder.context }
  var i64: Type { builder.context.i64 }

  /// nil if this is no such loop.
  init?(_ unit: DerivativeUnit, _ loop: Subject, _ function: Function, _ signature: Signature) {
    guard let shape = loop.checkpointedLoop, let call = loop.stepCall, let f = call.callee,
      let step = unit.program.subject(of: f)
    else { return nil }
    self.unit = unit
    self.loop = loop
    self.shape = shape
    self.step = step
    self.function = function
    self.signature = signature
    builder = Builder(module: unit.program.module)
  }

  func begin(_ f: Function, _ s: Signature) {
    function = f
    signature = s
    builder.position(atEndOf: f.appendBlock("entry"))
  }

  // MARK: Small words

  func constant(_ n: Int) -> Value { i64.constant(n) }
  func parameter(_ k: Int) -> Value { signature.parameter(.primal(k), of: function)! }
  var arena: Value { signature.parameter(.arena, of: function)! }
  func variable(_ initial: Value) -> Value {
    let v = builder.entryAlloca(initial.type)
    builder.store(initial, to: v)
    return v
  }
  func get(_ v: Value) -> Value { builder.load(i64, from: v) }
  func minimum(_ a: Value, _ b: Value) -> Value { builder.select(builder.icmp(.slt, a, b), a, b) }
  func tapeFunction(_ which: TapeFunction) -> Function {
    TapeRuntime.function(which, in: unit.program.module)
  }

  func whileLoop(_ condition: () -> Value, _ body: () -> Void) {
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
  func choose(_ condition: Value, _ yes: () -> Void, _ no: () -> Void = {}) {
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

  /// Memory that this function gives back, also when an exception leaves it.
  func borrow(_ bytes: Value) -> Value {
    let byte = context.bytePointer
    let module = unit.program.module
    let place = builder.entryAlloca(byte)
    let start = Builder(module: module)
    start.position(after: place.instruction!)
    start.store(byte.zero, to: place)
    let memory = builder.call(module.declare("malloc", .function(byte, [i64])), [bytes])
    builder.store(memory, to: place)
    let free = module.declare("free", .function(context.void, [byte]))
    unit.engine.whenThrown(outOf: function) { $0.call(free, [$0.load(byte, from: place)]) }
    return memory
  }
  func giveBack(_ memory: Value) {
    builder.call(unit.program.module.declare("free", .function(context.void, [context.bytePointer])), [memory])
  }

  // MARK: Regions

  func rounded(_ bytes: Value) -> Value {
    builder.and(
      builder.add(bytes, constant(TapeRuntime.alignment - 1)), constant(-TapeRuntime.alignment))
  }
  func bytes(_ region: Int) -> Value { parameter(shape.region(region).bytes) }
  func snapshotSize() -> Value {
    (0..<shape.regions).reduce(constant(0)) { builder.add($0, rounded(bytes($1))) }
  }
  /// Copies all regions to the place, or from there. `memory` gives the memory of a region, if not the region itself.
  func copyRegions(
    _ place: Value, back: Bool, of memory: ((Int) -> Value?)? = nil,
    only: (Int) -> Bool = { _ in true }
  ) {
    var offset = constant(0)
    for k in 0..<shape.regions {
      let there = builder.offset(place, offset)
      if only(k), let region = memory.map({ $0(k) }) ?? parameter(shape.region(k).pointer) {
        builder.memcpy(to: back ? region : there, from: back ? there : region, count: bytes(k))
      }
      offset = builder.add(offset, rounded(bytes(k)))
    }
  }
  /// The shadow of a region; nil if it has none.
  func shadow(_ region: Int, lane: Int) -> Value? {
    signature.parameter(.shadow(shape.region(region).pointer, lane: lane), of: function)
  }
  /// Is the memory of the region put back, after the reverse sweep, to what it was before the loop?
  func isRestored(_ region: Int) -> Bool {
    let p = loop.function.parameter(shape.region(region).pointer)
    return unit.program.graph.cell(of: p).map { unit.versions!.restored.contains($0.node) } ?? false
  }

  // MARK: Steps

  /// Does a step as the program does it. `i`: its number, where steps have one.
  @discardableResult
  func doStep(_ i: Value?) -> Value {
    let arguments = step.function.parameters.indices.map { k in
      shape.parameter(ofArgument: k).map(parameter) ?? number(i!)
    }
    return builder.call(step.original, arguments)
  }
  private func number(_ i: Value) -> Value {
    let type = step.function.parameter(0).type
    return builder.intCast(
      builder.add(parameter(CheckpointedLoop.start), i), to: type, signed: true)
  }
  /// Does steps until one says that it was the last.
  func doAllSteps(_ behindEach: () -> Void = {}) {
    let again = function.appendBlock("step")
    let done = function.appendBlock("last")
    builder.br(again)
    builder.position(atEndOf: again)
    let more = doStep(nil)
    behindEach()
    builder.condBr(builder.icmp(.ne, more, more.type.constant(0)), again, done)
    builder.position(atEndOf: done)
  }

  func arguments(_ s: Signature, _ i: Value?, _ tape: Value? = nil, _ frame: Value? = nil)
    -> [Value]
  {
    zip(s.parameters, s.parameterTypes).map { p, type in
      switch p {
      case .primal(let k): shape.parameter(ofArgument: k).map(parameter) ?? number(i!)
      case .shadow(let k, let lane):
        // An argument without shadow is a pointer that is its own, or a number with the tangent zero.
        shape.parameter(ofArgument: k).map { n in
          signature.parameter(.shadow(n, lane: lane), of: function)
            ?? (type.containsPointer ? parameter(n) : type.zero)
        } ?? type.zero
      case .resultAdjoint: type.zero
      case .arena: tape!
      case .frame: frame!
      }
    }
  }

  /// Reverses step `i`, before which the memory is now, on a tape of its own.
  func turn(_ i: Value?, _ pair: DerivativeUnit.Pair, _ tape: Value, _ adjoints: [Int: Value]) {
    let a = pair.augmentedSignature
    let ahead = builder.call(pair.augmented, arguments(a, i, tape))
    let r = pair.reverseSignature
    let back = builder.call(
      pair.reverse, arguments(r, i, tape, a.result(.frame, of: ahead, builder)!))
    for case .adjoint(let k) in r.results {
      guard let n = shape.parameter(ofArgument: k), let sum = adjoints[n] else { continue }
      let delta = r.result(.adjoint(k), of: back, builder)!
      builder.store(add(builder.load(delta.type, from: sum), delta), to: sum)
    }
    // With the step's tape goes what the step has freed.
    builder.call(tapeFunction(.destroy), [tape])
  }
  private func add(_ a: Value, _ b: Value) -> Value {
    if a.type.isFloatOrVector { return builder.fadd(a, b) }
    guard a.type.isAggregate else { return a }
    return (0..<a.type.count).reduce(a) { sum, k in
      builder.insertValue(sum, add(builder.extractValue(a, k), builder.extractValue(b, k)), k)
    }
  }

  // MARK: Beginning and end of halves

  func returnFrame(_ frame: Value) {
    signature.buildReturn(builder) { r in
      switch r {
      case .frame: frame
      default: unreachable("result of a loop")
      }
    }
  }

  /// Writes a reverse half around `body`, which is given the tape of a step and the sums of adjoints.
  func writeReverse(_ body: (Value, [Int: Value]) -> Void) {
    let results = signature.results
    var adjoints: [Int: Value] = [:]
    for (r, type) in zip(results, signature.resultTypes) {
      guard case .adjoint(let k) = r else { continue }
      adjoints[k] = variable(type.zero)
    }
    let place = variable(i64.array(TapeRuntime.arenaWords).zero)
    let tape = builder.cast(pointer: place, to: context.bytePointer)
    let destroy = tapeFunction(.destroy)
    unit.engine.whenThrown(outOf: function) { $0.call(destroy, [tape]) }
    body(tape, adjoints)
    signature.buildReturn(builder) { r in
      guard case .adjoint(let k) = r, let v = adjoints[k] else {
        unreachable("result of a reversed loop")
      }
      return builder.load(signature.resultTypes[results.firstIndex(of: r)!], from: v)
    }
  }
}
