import Analysis
import IR

/// Replaces a hook call by a call to the derivative function.
struct DerivativeCall {
  let reading: HookReading
  let derivative: Function
  let result: ResultAdaptation
  let builder: Builder
  private var scratch: [Value] = []

  init(_ reading: HookReading, _ derivative: Function, _ result: ResultAdaptation) {
    self.reading = reading
    self.derivative = derivative
    self.result = result
    builder = Builder(module: reading.call.module)
  }

  /// Puts the call in place and erases the hook call.
  mutating func replace() {
    let hook = reading.call.instruction
    builder.position(before: hook)
    builder.debugLocation = hook.debugLocation
    scratch = reading.scratch.map { builder.entryAlloca($0) }
    clearShadows()
    let returned = Unwinding.attach(builder.call(derivative, arguments), before: hook, builder)
    if case .stored(let place) = reading.tape, reading.request.mode == .augmented {
      let tape = part(0, of: returned)
      builder.store(tape, to: place, alignment: 1)
    }
    finish(hook, returned)
  }

  /// Scratch memory holds the result of a function that returns it through memory, if that is wanted, then shadows: of
  /// tangents the function may write only a part, and adjoints are added up.
  private func clearShadows() {
    for (place, type) in zip(scratch, reading.scratch).dropFirst(reading.function.returnsThroughMemory ? 1 : 0) {
      let size = builder.context.i64.constant(builder.layout.allocSize(type))
      builder.memset(place, byte: 0, count: size)
    }
  }

  private func finish(_ hook: Instruction, _ returned: Value) {
    if let value = adapted(returned) { hook.value.replaceAllUses(with: value) }
    hook.eraseWithDeadOperands()
  }

  // MARK: Arguments

  private var arguments: [Value] {
    let expected = derivative.functionType.parameters
    let types = reading.function.functionType.parameters
    var list: [Value] = []
    for (i, parameter) in reading.parameters.enumerated() {
      let primal = emit(parameter.primal, types[i])
      list.append(reading.function.takesCopy(i) ? copy(primal, i) : primal)
      list += parameter.shadows.map { emit($0, types[i]) }
    }
    list += seeds
    if reading.request.mode == .reverse || reading.request.mode == .forwardSplit {
      list.append(tape)
    }
    return zip(list, expected).map { $0.type.isPointer ? builder.cast(pointer: $0, to: $1) : $0 }
  }

  private func emit(_ source: Source, _ type: Type) -> Value {
    switch source {
    case .operand(let value, let adaptation): return adaptation.emit(value, to: type, builder)
    case .scratch(let n): return builder.cast(pointer: scratch[n], to: type)
    case .strided(let base, let stride, let lane):
      let wide = builder.intCast(stride, to: builder.context.i64, signed: true)
      let bytes = builder.mul(wide, builder.context.i64.constant(lane))
      return builder.cast(pointer: builder.offset(base, bytes), to: type)
    }
  }

  /// The callee may write to a parameter that is passed by value in memory.
  private func copy(_ value: Value, _ i: Int) -> Value {
    guard let type = reading.function.parameterTypeAttribute(i, "byval") else { return value }
    let place = builder.entryAlloca(type)
    let size = builder.context.i64.constant(builder.layout.allocSize(type))
    builder.memcpy(to: place, from: value, count: size)
    return builder.cast(pointer: place, to: value.type)
  }

  private var seeds: [Value] {
    let request = reading.request
    guard request.result == .active, request.mode == .reverse || request.seedParameter else {
      return []
    }
    let type = reading.function.returnType
    if reading.seeds.isEmpty {
      return Array(repeating: type.one(builder.layout), count: request.width)
    }
    return reading.seeds.map { pieces in
      if pieces.count == 1 { return emit(pieces[0], type) }
      return pieces.enumerated().reduce(type.zero) { whole, piece in
        builder.insertValue(whole, emit(piece.element, type.member(piece.offset)), piece.offset)
      }
    }
  }

  private var tape: Value {
    let pointer = builder.context.bytePointer
    switch reading.tape {
    case .stored(let place): return builder.load(pointer, from: place, alignment: 1)
    case .value(nil): return pointer.zero
    case .value(let value?):
      if value.type.isPointer {
        let inMemory = reading.flags.allocated != nil && reading.call.isPassedByValue(value)
        return inMemory ? builder.load(pointer, from: value, alignment: 1) : value
      }
      let place = builder.entryAlloca(value.type)
      builder.store(value, to: place)
      return builder.load(pointer, from: place, alignment: 1)
    }
  }

  // MARK: Result

  private func part(_ i: Int, of returned: Value) -> Value {
    reading.returnedCount == 1 ? returned : builder.extractValue(returned, i)
  }

  /// The value that stands for the hook call; nil if it has none.
  private func adapted(_ returned: Value) -> Value? {
    let type = reading.call.instruction.type
    switch result {
    case .ignored: return type.isVoid ? nil : type.poison
    case .nothing: return type.isVoid ? nil : type.zero
    case .direct: return field(reading.results[0], returned)
    case .first: return firstScalar(field(reading.results[0], returned))
    case .memory(let offsets), .reordered(let offsets): return throughMemory(returned, offsets, type)
    }
  }

  private func field(_ field: ResultField, _ returned: Value) -> Value {
    switch field.place {
    case .returned(let i): part(i, of: returned)
    case .tape: part(0, of: returned)
    case .scratch(let n): builder.load(field.type, from: scratch[n])
    }
  }

  private func firstScalar(_ value: Value) -> Value {
    var v = value
    while v.type.isAggregate { v = builder.extractValue(v, 0) }
    return v.type.isVector ? builder.extractElement(v, builder.context.i32.constant(0)) : v
  }

  private func throughMemory(_ returned: Value, _ offsets: [Int], _ type: Type) -> Value? {
    let buffer = reading.call.resultBuffer?.pointer ?? newBuffer(type, offsets)
    for (field, offset) in zip(reading.results, offsets) {
      let place = builder.offset(buffer, offset)
      if case .scratch(let n) = field.place {
        let size = builder.context.i64.constant(builder.layout.allocSize(field.type))
        builder.memcpy(to: place, from: scratch[n], count: size)
      } else {
        builder.store(self.field(field, returned), to: place, alignment: 1)
      }
    }
    return type.isVoid ? nil : builder.load(type, from: buffer)
  }

  /// Zeroed memory for the declared type, and for the fields if they need more.
  private func newBuffer(_ type: Type, _ offsets: [Int]) -> Value {
    let layout = builder.layout
    let end = zip(offsets, reading.results).reduce(0) {
      max($0, $1.0 + layout.allocSize($1.1.type))
    }
    let isEnough = layout.allocSize(type) >= end
    let buffer = builder.entryAlloca(
      isEnough ? type : builder.context.structure([type, builder.context.i8.array(end)]))
    if isEnough { builder.store(type.zero, to: buffer) }
    return builder.cast(pointer: buffer, to: builder.context.bytePointer)
  }
}

extension Function {
  /// Is parameter `i` a structure passed by value in memory?
  fileprivate func takesCopy(_ i: Int) -> Bool { parameterHasAttribute(i, "byval") }
}

extension HookCall {
  /// Is the operand a structure passed by value in memory?
  func isPassedByValue(_ value: Value) -> Bool {
    operandPositions.contains {
      instruction.operand($0) == value && instruction.argumentHasAttribute($0, "byval")
    }
  }
}

extension Type {
  /// 1 in every float, 0 elsewhere.
  func one(_ layout: DataLayout) -> Value {
    if isFloatOrVector { return constant(1.0) }
    guard isAggregate, containsFloat, count <= Type.leafLimit else { return zero }
    let parts = (0..<count).map { member($0).one(layout) }
    return constantAggregate(parts)
  }
}
