import Analysis
import IR
import Planning
import Synthesis

/// `nabla_check`: whenever the request is carried out, the derivatives of its function are first compared at that place, along one
/// direction of all its active numbers *v* and with one weight for all its results *w*:
///
/// ```
/// forward   w · (J v)          with one tangent
/// reverse   (w J) · v          with one gradient
/// differences of  w · f(x + t v)  by t, at four places
/// ```
/// Everything is done on copies of the memory whose size is known; directions and weights are pseudo-random and the same in
/// every run. What the function leaves as it was has no weight. If the three disagree, the program says so and ends.
final class RuntimeCheck {
  private let reading: HookReading
  private let module: Module
  private let builder: Builder
  private let forward: Function
  private let gradient: Function
  private let seeds: Bool
  /// Active numbers passed by value, and pieces of memory, by parameter.
  private var numbers: [Int] = []
  private var pieces: [Piece] = []
  private var isSingle = false

  /// Memory with active numbers, of `bytes` bytes.
  private struct Piece {
    let parameter: Int
    let layout: CopyLayout
    let bytes: Value
  }
  /// A piece, in the function that checks: what the program passed; a copy to work on; what the function makes of it; a shadow.
  private struct Copies {
    let piece: Piece
    let original: Value
    let bytes: Value
    let work: Value
    let after: Value
    let shadow: Value
  }

  private var function: Function { reading.function }
  private var context: Context { module.context }
  private var double: Type { context.double }
  private var i64: Type { context.i64 }

  init(_ reading: HookReading, _ engine: Engine) throws {
    self.reading = reading
    module = reading.call.module
    builder = Builder(module: module)
    let request = reading.request
    guard request.mode == .gradient || request.mode == .forward else {
      throw Diagnostic.checkedRequest("can be said of whole derivatives, not of halves", reading)
    }
    let f = reading.function
    let types = f.functionType.parameters
    let isNumber = f.returnType.isFloat && request.result == .active
    guard isNumber || request.result == .constant || f.returnType.isVoid, !f.returnsThroughMemory
    else {
      throw Diagnostic.checkedRequest("takes functions that return a number or nothing", reading)
    }
    seeds = isNumber
    var forwardActivities: [ParameterActivity] = []
    for (i, type) in types.enumerated() {
      let isActive = request.parameters[i] != .constant
      let isPlain = type.isFloat || type.isPointer || !type.containsFloat && !type.containsPointer
      guard isPlain || !isActive, f.parameterTypeAttribute(i, "byval") == nil else {
        throw Diagnostic.checkedRequest(
          "takes numbers and pointers, not structures or vectors by value", reading)
      }
      if type.isFloat, isActive { numbers.append(i) }
      forwardActivities.append(
        isActive && (type.isFloat || type.isPointer) ? .duplicated : .constant)
    }
    func wanted(_ mode: Mode, _ activities: [ParameterActivity]) -> Request {
      var r = Request(
        function: request.function, mode: mode, parameters: activities,
        result: isNumber ? .active : .constant)
      r.seedParameter = mode == .gradient && isNumber
      r.runtimeActivity = request.runtimeActivity
      r.strongZero = request.strongZero
      return r
    }
    let unit = try engine.unit(wanted(.forward, forwardActivities))
    for i in types.indices where types[i].isPointer && forwardActivities[i] == .duplicated {
      let p = unit.program.root.function.parameter(i)
      guard unit.activity.needsShadow(p), let cell = unit.program.graph.cell(of: p) else {
        forwardActivities[i] = .constant
        continue
      }
      guard let bytes = RuntimeCheck.extent(of: i, reading) else {
        throw Diagnostic.checkExtent(i, reading)
      }
      guard let layout = CopyLayout(cell, size: bytes.integerConstant, unit.program, unit.activity),
        !layout.isWordwise, layout.pointers.isEmpty
      else {
        throw Diagnostic.checkedRequest("takes memory that holds numbers and no pointers", reading)
      }
      pieces.append(Piece(parameter: i, layout: layout, bytes: bytes))
    }
    let reverseActivities = forwardActivities.indices.map { i -> ParameterActivity in
      types[i].isFloat && forwardActivities[i] == .duplicated ? .out : forwardActivities[i]
    }
    forward = try engine.derivative(wanted(.forward, forwardActivities))
    gradient = try engine.derivative(wanted(.gradient, reverseActivities))
    let all = numbers.map { types[$0] } + pieces.flatMap { $0.layout.floats.map(\.type) }
    isSingle = all.contains { $0.unitRoundoff > 1e-10 }
  }

  // MARK: Sizes

  /// How many bytes there are behind parameter `i`: as the program says, or those of the variable.
  private static func extent(of i: Int, _ reading: HookReading) -> Value? {
    if let said = reading.parameters[i].extent { return said }
    guard case .operand(let pointer, _) = reading.parameters[i].primal else { return nil }
    if let hint = hint(pointer, reading.call) { return hint }
    let base = pointer.underlyingObject
    let module = reading.call.module
    let offset = pointer.strippingCasts == base ? 0 : pointer.constantOffset(in: module)
    let type =
      base.global?.valueType
      ?? base.instruction.flatMap {
        $0.opcode == .alloca && $0.operand(0).integerConstant == 1 ? $0.allocatedType : nil
      }
    guard let type, !type.isPointer, let offset else { return nil }
    return module.context.i64.constant(module.dataLayout.allocSize(type) - offset)
  }

  /// `__nabla_ptr_size_hint(pointer, bytes, 0)` in the same function.
  private static func hint(_ pointer: Value, _ call: HookCall) -> Value? {
    func place(_ v: Value) -> Value {
      let plain = v.strippingCasts
      return plain.instruction.map { $0.opcode == .load ? $0.operand(0).strippingCasts : plain }
        ?? plain
    }
    let hints = call.module.hookCalls().filter {
      $0.name.key == "ptr_size_hint" && $0.instruction.function == call.instruction.function
    }
    let found = hints.first { h in h.functionOperand.map { place($0) == place(pointer) } ?? false }
    return found?.operandPositions.first.map { found!.instruction.operand($0) }
      .flatMap {
        $0.type.isInteger && ($0.isConstant || $0.instruction?.block == call.instruction.block)
          ? $0 : nil
      }
  }

  // MARK: The call

  /// Puts the check in front of the request.
  func insert() {
    let check = write()
    let hook = reading.call.instruction
    let b = Builder(module: module)
    b.position(before: hook)
    b.debugLocation = hook.debugLocation
    var arguments = zip(reading.parameters, function.functionType.parameters).map {
      p, type -> Value in
      guard case .operand(let v, let adaptation) = p.primal else { return type.poison }
      return adaptation.emit(v, to: type, b)
    }
    arguments += pieces.map { b.intCast($0.bytes, to: i64, signed: true) }
    let usual = double.constant(isSingle ? 1e-3 : 1e-6)
    arguments.append(reading.flags.tolerance.map { b.fpCast($0, to: double) } ?? usual)
    // In a function that is differentiated itself, the check is none of the computation.
    b.call(check, arguments).instruction?.addCallSiteAttribute("nabla_inactive")
  }

  // MARK: The function that checks

  private func write() -> Function {
    let types = function.functionType.parameters
    let check = module.addFunction(
      "nabla.check." + function.name,
      .function(context.void, types + pieces.map { _ in i64 } + [double]))
    check.setInternal()
    check.copyPersonality(from: function)
    builder.position(atEndOf: check.appendBlock("entry"))
    let given = types.indices.map { check.parameter($0) }
    let tolerance = check.parameter(types.count + pieces.count)
    let copies = pieces.enumerated().map { k, piece -> Copies in
      let bytes = check.parameter(types.count + k)
      return Copies(
        piece: piece, original: given[piece.parameter], bytes: bytes, work: allocate(bytes),
        after: allocate(bytes),
        shadow: allocate(bytes))
    }
    // What the function makes of its memory.
    let here = evaluate(given, copies, nil).map { builder.fmul(seed, wide($0)) } ?? double.zero
    for c in copies { builder.memcpy(to: c.after, from: c.work, count: c.bytes) }
    let (difference, noise) = differences(given, copies, here)
    let tangent = alongForward(given, copies)
    let adjoint = alongReverse(given, copies)
    compare(check, tangent, adjoint, difference, noise, tolerance)
    let release = module.declare("free", .function(context.void, [context.bytePointer]))
    for c in copies { for p in [c.work, c.after, c.shadow] { builder.call(release, [p]) } }
    builder.ret(nil)
    return check
  }

  private func allocate(_ bytes: Value) -> Value {
    builder.call(
      module.declare("malloc", .function(context.bytePointer, [i64])),
      [builder.add(bytes, i64.constant(16))])
  }
  private func variable(_ initial: Value) -> Value {
    let v = builder.entryAlloca(initial.type)
    builder.store(initial, to: v)
    return v
  }
  private func add(_ v: Value, to sum: Value) {
    builder.store(builder.fadd(builder.load(double, from: sum), v), to: sum)
  }

  /// A sum, and the sum of the magnitudes of its terms.
  private struct Sum { let value: Value, size: Value }
  private func sum(_ body: ((Value) -> Void) -> Void) -> Sum {
    let total = variable(double.zero), size = variable(double.zero)
    body { v in
      add(v, to: total)
      add(magnitude(v), to: size)
    }
    return Sum(value: builder.load(double, from: total), size: builder.load(double, from: size))
  }
  private func magnitude(_ v: Value) -> Value {
    builder.call(module.intrinsic("llvm.fabs", [double]), [v])
  }
  private func wide(_ v: Value) -> Value { builder.fpCast(v, to: double) }
  private func read(_ s: CopyLayout.Segment, _ p: Value, _ at: Value) -> Value {
    wide(builder.load(s.type, from: builder.offset(p, at), alignment: 1))
  }
  private func write(_ v: Value, _ s: CopyLayout.Segment, _ p: Value, _ at: Value) {
    builder.store(builder.fpCast(v, to: s.type), to: builder.offset(p, at), alignment: 1)
  }

  // MARK: Directions and weights

  private func random(_ parameter: Int, _ at: Value, salt: Int) -> Value {
    let key = builder.add(at, i64.constant((parameter + 1) << 44 + salt))
    return builder.call(CheckNumbers.function(in: module), [key])
  }
  /// The direction of a number, of its own size if that is above 1.
  private func direction(_ parameter: Int, _ at: Value, _ x: Value) -> Value {
    let size = magnitude(x), one = double.constant(1.0)
    let scale = builder.select(builder.fcmp(.ogt, size, one), size, one)
    return builder.fmul(random(parameter, at, salt: 0), scale)
  }
  private func direction(ofNumber i: Int, _ x: Value) -> Value {
    direction(i, i64.constant(0), wide(x))
  }
  private func direction(_ c: Copies, _ s: CopyLayout.Segment, _ at: Value) -> Value {
    direction(c.piece.parameter, at, read(s, c.original, at))
  }
  private func weight(_ c: Copies, _ s: CopyLayout.Segment, _ at: Value) -> Value {
    let changed = builder.fcmp(.une, read(s, c.after, at), read(s, c.original, at))
    return builder.select(changed, random(c.piece.parameter, at, salt: 1 << 40), double.zero)
  }
  private var seed: Value { double.constant(1.0) }

  private func forEachNumber(_ c: Copies, _ body: (CopyLayout.Segment, Value) -> Void) {
    let period = c.piece.layout.period
    guard period > 0 else {
      for s in c.piece.layout.floats { body(s, i64.constant(s.offset)) }
      return
    }
    let below = builder.sub(c.bytes, i64.constant(period - 1))
    ElementLoop(builder.function, builder, from: i64.constant(0), below: below, step: period).write { offset in
      for s in c.piece.layout.floats { body(s, builder.add(offset, i64.constant(s.offset))) }
    }
  }

  // MARK: The three ways

  /// Calls the function at `t` times the direction, and gives its result.
  private func evaluate(_ given: [Value], _ copies: [Copies], _ t: Value?) -> Value? {
    var arguments = given
    for i in numbers {
      guard let t else { continue }
      let x = builder.fadd(wide(given[i]), builder.fmul(t, direction(ofNumber: i, given[i])))
      arguments[i] = builder.fpCast(x, to: given[i].type)
    }
    for c in copies {
      builder.memcpy(to: c.work, from: c.original, count: c.bytes)
      if let t {
        forEachNumber(c) { s, at in
          let x = builder.fadd(read(s, c.original, at), builder.fmul(t, direction(c, s, at)))
          write(x, s, c.work, at)
        }
      }
      arguments[c.piece.parameter] = builder.cast(
        pointer: c.work, to: given[c.piece.parameter].type)
    }
    let result = builder.call(function, arguments)
    return seeds ? result : nil
  }

  /// The quotient of differences along the direction, and how far it may be off: as far as two of them are apart, as the slopes on
  /// both sides differ, and by rounding. `here`: the value in the middle.
  private func differences(_ given: [Value], _ copies: [Copies], _ here: Value) -> (Value, Value) {
    let h = isSingle ? 0x1p-6 : 0x1p-10
    let values = builder.entryAlloca(double.array(4)), sizes = variable(double.zero)
    let four = ElementLoop(
      builder.function, builder, from: i64.constant(0), below: i64.constant(4), step: 1)
    four.write { e in
      let isNegative = builder.icmp(.ne, builder.and(e, i64.constant(1)), i64.constant(0))
      let isHalf = builder.icmp(.sgt, e, i64.constant(1))
      let size = builder.select(isHalf, double.constant(h / 2), double.constant(h))
      let t = builder.select(isNegative, builder.fneg(size), size)
      let sum = builder.element(values, double, e)
      let result = evaluate(given, copies, t)
      builder.store(result.map { builder.fmul(seed, wide($0)) } ?? double.zero, to: sum)
      add(magnitude(builder.load(double, from: sum)), to: sizes)
      for c in copies {
        forEachNumber(c) { s, at in
          // The change alone: a sum of the numbers themselves would drown it.
          let new = read(s, c.work, at), w = weight(c, s, at)
          add(builder.fmul(w, builder.fsub(new, read(s, c.after, at))), to: sum)
          add(magnitude(builder.fmul(w, new)), to: sizes)
        }
      }
    }
    func value(_ k: Int) -> Value {
      builder.load(double, from: builder.element(values, double, i64.constant(k)))
    }
    let coarse = builder.fdiv(builder.fsub(value(0), value(1)), double.constant(2 * h))
    let fine = builder.fdiv(builder.fsub(value(2), value(3)), double.constant(h))
    let step = builder.fsub(fine, coarse)
    // What a curve bends shrinks with the square of the distance, and a kink does not.
    func bend(_ a: Value, _ b: Value) -> Value {
      builder.fsub(builder.fsub(a, here), builder.fsub(here, b))
    }
    let near = builder.fmul(bend(value(2), value(3)), double.constant(4.0))
    let kink = builder.fdiv(builder.fsub(near, bend(value(0), value(1))), double.constant(h))
    let rounding = builder.fmul(
      builder.load(double, from: sizes), double.constant((isSingle ? 0x1p-24 : 0x1p-53) * 8 / h))
    let apart = builder.fadd(builder.fmul(magnitude(step), double.constant(4.0)), magnitude(kink))
    let noise = builder.fadd(apart, rounding)
    return (builder.fadd(fine, builder.fdiv(step, double.constant(3.0))), noise)
  }

  private func alongForward(_ given: [Value], _ copies: [Copies]) -> Sum {
    prepare(copies) { c, s, at in self.direction(c, s, at) }
    let result = builder.call(
      forward,
      arguments(given, copies) { i in
        builder.fpCast(direction(ofNumber: i, given[i]), to: given[i].type)
      })
    return sum { take in
      if seeds { take(builder.fmul(seed, wide(result))) }
      for c in copies {
        forEachNumber(c) { s, at in take(builder.fmul(weight(c, s, at), read(s, c.shadow, at))) }
      }
    }
  }

  private func alongReverse(_ given: [Value], _ copies: [Copies]) -> Sum {
    prepare(copies) { c, s, at in self.weight(c, s, at) }
    let extra = seeds ? [builder.fpCast(seed, to: function.returnType)] : []
    let result = builder.call(gradient, arguments(given, copies) { _ in nil } + extra)
    return sum { take in
      for (k, i) in numbers.enumerated() {
        let d = numbers.count == 1 ? result : builder.extractValue(result, k)
        take(builder.fmul(wide(d), direction(ofNumber: i, given[i])))
      }
      for c in copies {
        forEachNumber(c) { s, at in take(builder.fmul(direction(c, s, at), read(s, c.shadow, at))) }
      }
    }
  }

  /// Fresh copies of the memory, and shadows that hold what `number` gives.
  private func prepare(_ copies: [Copies], _ number: (Copies, CopyLayout.Segment, Value) -> Value) {
    for c in copies {
      builder.memcpy(to: c.work, from: c.original, count: c.bytes)
      builder.memcpy(to: c.shadow, from: c.original, count: c.bytes)
      forEachNumber(c) { s, at in write(number(c, s, at), s, c.shadow, at) }
    }
  }

  /// The arguments of a derivative: each followed by its shadow if it has one.
  private func arguments(_ given: [Value], _ copies: [Copies], _ tangent: (Int) -> Value?)
    -> [Value]
  {
    given.indices.flatMap { i -> [Value] in
      if let c = copies.first(where: { $0.piece.parameter == i }) {
        return [c.work, c.shadow].map { builder.cast(pointer: $0, to: given[i].type) }
      }
      if numbers.contains(i), let t = tangent(i) { return [given[i], t] }
      return [given[i]]
    }
  }

  // MARK: The verdict

  private func compare(
    _ check: Function, _ forward: Sum, _ reverse: Sum, _ difference: Value, _ noise: Value,
    _ tolerance: Value
  ) {
    let (tangent, adjoint) = (forward.value, reverse.value)
    let allowed = builder.fmul(tolerance, builder.fadd(forward.size, reverse.size))
    func apart(_ a: Value, _ b: Value, _ more: Value) -> Value {
      let d = magnitude(builder.fsub(a, b))
      let isFar = builder.fcmp(.ogt, d, builder.fadd(allowed, more))
      // One of them is no number.
      return builder.or(isFar, builder.xor(builder.fcmp(.uno, a, a), builder.fcmp(.uno, b, b)))
    }
    // Differences at a kink, or where the function is not defined on one side, say nothing.
    let isKnown = builder.not(builder.fcmp(.uno, difference, difference))
    let modes = apart(tangent, adjoint, double.zero)
    let values = builder.and(isKnown, apart(tangent, difference, noise))
    let bad = check.appendBlock("disagree"), good = check.appendBlock("agree")
    builder.condBr(builder.or(modes, values), bad, good)
    builder.position(atEndOf: bad)
    let place = reading.call.instruction.sourceLocation.map { " (\($0))" } ?? ""
    let format =
      "nabla_check: the derivatives of '\(function.name)'\(place) disagree along a direction: forward %.12g, reverse %.12g, "
      + "differences %.12g; tolerance %g\n"
    let print = module.declare(
      "dprintf", .function(context.i32, [context.i32, context.bytePointer], variadic: true))
    let text = builder.cast(pointer: module.stringConstant(format).value, to: context.bytePointer)
    _ = builder.call(
      print.value, print.functionType,
      [context.i32.constant(2), text, tangent, adjoint, difference, tolerance])
    builder.call(module.declare("abort", .function(context.void, [])), [])
    builder.unreachable()
    builder.position(atEndOf: good)
  }
}

/// Pseudo-random numbers from -1 to 1, by key.
private enum CheckNumbers {
  private static let name = "__nabla_check_number"

  static func function(in module: Module) -> Function {
    if let f = module.function(named: name), !f.isDeclaration { return f }
    if let reason = module.link(text: text) { unreachable("checks: \(reason)") }
    let f = module.function(named: name)!
    f.setInternal()
    return f
  }

  private static let text = """
    define double @__nabla_check_number(i64 %key) {
    entry:
      %a = mul i64 %key, -7046029254386353131
      %b = lshr i64 %a, 29
      %c = xor i64 %a, %b
      %d = mul i64 %c, -4658895280553007687
      %e = lshr i64 %d, 32
      %f = xor i64 %d, %e
      %g = lshr i64 %f, 12
      %h = or i64 %g, 4607182418800017408
      %x = bitcast i64 %h to double
      %y = fmul double %x, 2.0
      %z = fsub double %y, 3.0
      ret double %z
    }
    """
}
