import Analysis
import IR

/// Reads the operands of a hook call on one function:
///
///     [marker]* primal [shadow₁ … shadow_W]      for each parameter,
///
/// with all shadows at the end if the call is interleaved, then what the mode adds.
struct RequestArguments {
  let call: HookCall
  let function: Function
  let mode: Mode
  let layout: DataLayout
  let flags: CallFlags
  let types: [Type]
  let tokens: [Token]
  var position = 0
  private(set) var parameters: [ParameterReading] = []
  private(set) var scratch: [Type] = []
  var seeds: [[Source]] = []
  var tape: TapeSource = .value(nil)
  private(set) var warnings: [Diagnostic] = []
  /// Interleaved calls: the shadows that are still to be read.
  private var awaited: [(group: ParameterGroup, modifiers: Modifiers)] = []

  init(
    _ call: HookCall, _ function: Function, _ mode: Mode, checkTakesTolerance: Bool = false
  ) throws {
    let tokenizer = try Tokenizer(call, function, checkTakesTolerance: checkTakesTolerance)
    self.call = call
    self.function = function
    self.mode = mode
    layout = call.module.dataLayout
    flags = tokenizer.flags
    tokens = tokenizer.tokens
    types = function.functionType.parameters
    for group in function.parameterGroups { try readParameter(group) }
    if flags.interleave { try readInterleavedShadows() }
    try readTrailing()
    if position < tokens.count { throw Diagnostic.tooManyOperands(tokens.count - position, self) }
  }

  // MARK: One parameter

  /// What stands before a parameter.
  private struct Modifiers {
    var activity: Marker?
    var stride: Value?
    var size: Int?
    var notOverwritten = false
    var extent: Value?
  }

  private mutating func readParameter(_ group: ParameterGroup) throws {
    let first = group.indices.lowerBound
    if function.parameterHasAttribute(first, "sret") { return try readResultBuffer(first) }
    let modifiers = try readModifiers(first)
    let activity = try activity(of: group, modifiers)
    if modifiers.activity == nil, let i = group.indices.first(where: function.holdsPackedFloats) {
      warnings.append(Diagnostic.packedFloats(i, self))
    }
    let primals = try group.indices.map { try source(for: $0, size: modifiers.size) }
    for (i, primal) in zip(group.indices, primals) {
      parameters.append(
        ParameterReading(
          activity: isDuplicated(activity) ? activity : pieceActivity(activity, types[i]),
          primal: primal,
          shadows: [], notOverwritten: modifiers.notOverwritten, extent: modifiers.extent))
    }
    if activity == .out, let type = function.parameterTypeAttribute(first, "byval") {
      parameters[first].activity = .duplicated
      parameters[first].returnsShadows = true
      parameters[first].shadows = (0..<flags.width).map { _ in newScratch(type) }
    }
    guard isDuplicated(activity) else { return }
    if flags.interleave { return awaited.append((group, modifiers)) }
    try readShadows(of: group, modifiers)
  }

  private mutating func readModifiers(_ i: Int) throws -> Modifiers {
    var modifiers = Modifiers()
    while position < tokens.count, let marker = tokens[position].marker, marker != .interleave {
      position += 1
      switch marker {
      case .byref: modifiers.size = try constantAfter(marker)
      case .bytes: modifiers.extent = try extentAfter(marker)
      case .notOverwritten: modifiers.notOverwritten = true
      case _ where marker.isActivity:
        guard modifiers.activity == nil else { throw Diagnostic.twoActivities(i, self) }
        modifiers.activity = marker
        if marker == .dupv || marker == .dupnoneedv { modifiers.stride = try valueAfter(marker) }
      default: throw Diagnostic.misplacedMarker(marker, in: call)
      }
    }
    return modifiers
  }

  /// An operand for parameter `i`, checked.
  private mutating func source(for i: Int, size: Int?, shadowOf shadow: Bool = false) throws
    -> Source
  {
    guard position < tokens.count else { throw Diagnostic.tooFewOperands(i, self) }
    guard let value = tokens[position].value else {
      throw Diagnostic.markerInPlaceOfValue(tokens[position].marker, i, shadow, self)
    }
    position += 1
    if let size { return try sourceByReference(value, i, size) }
    if let adaptation = adaptation(of: value, to: i) { return .operand(value, adaptation) }
    throw Diagnostic.wrongType(value, i, shadow, self)
  }

  /// How an operand becomes the argument of parameter `i`; structures that C passes in memory are
  /// read there.
  private func adaptation(of value: Value, to i: Int) -> Adaptation? {
    let type = types[i]
    if function.parameterTypeAttribute(i, "byval") != nil, value.type.isAggregate { return .spill }
    if type.isAggregate, value.type.isPointer { return isPassedInMemory(value) ? .load : nil }
    return Adaptation(value, to: type, layout)
  }

  private func isPassedInMemory(_ value: Value) -> Bool {
    call.operandPositions.contains {
      call.instruction.operand($0) == value && call.instruction.argumentHasAttribute($0, "byval")
    }
  }

  private func sourceByReference(_ value: Value, _ i: Int, _ size: Int) throws -> Source {
    guard value.type.isPointer else { throw Diagnostic.byReferenceNeedsPointer(i, self) }
    guard size == layout.storeSize(types[i]) || size == layout.allocSize(types[i]) else {
      throw Diagnostic.byReferenceSize(size, i, self)
    }
    return .operand(value, .load)
  }

  // MARK: Shadows

  private mutating func readInterleavedShadows() throws {
    guard position < tokens.count, tokens[position].marker == .interleave else {
      throw Diagnostic.interleaveNotAfterPrimals(self)
    }
    position += 1
    for (group, modifiers) in awaited { try readShadows(of: group, modifiers) }
  }

  private mutating func readShadows(of group: ParameterGroup, _ modifiers: Modifiers) throws {
    if let stride = modifiers.stride { return try readStrided(group, stride) }
    for _ in 0..<flags.width {
      for i in group.indices {
        if isNullShadow(of: i) { warnings.append(Diagnostic.nullShadow(i, self)) }
        let shadow = try source(for: i, size: modifiers.size.flatMap { isByReference(i) ? $0 : nil }, shadowOf: true)
        if isOwnShadow(shadow, i) { warnings.append(Diagnostic.shadowIsPrimal(i, self)) }
        parameters[i].shadows.append(shadow)
        try checkShadowIsShared(shadow, i)
      }
    }
  }

  private mutating func readStrided(_ group: ParameterGroup, _ stride: Value) throws {
    for i in group.indices {
      guard case .operand(let base, .none) = try source(for: i, size: nil, shadowOf: true),
        base.type.isPointer, stride.type.isInteger
      else { throw Diagnostic.stridedShadow(i, self) }
      parameters[i].shadows = (0..<flags.width).map {
        .strided(base: base, stride: stride, lane: $0)
      }
    }
  }

  /// Is the shadow of a number that is passed by reference (`nabla_byref`) passed so as well?
  private func isByReference(_ i: Int) -> Bool {
    !types[i].isPointer && position < tokens.count && tokens[position].value?.type.isPointer ?? false
  }

  /// Is a null pointer given as the shadow of parameter `i`, though the value is none?
  private func isNullShadow(of i: Int) -> Bool {
    guard types[i].isPointer, position < tokens.count, let shadow = tokens[position].value,
      shadow.isNull,
      case .operand(let primal, _) = parameters[i].primal
    else { return false }
    return !primal.isNull && !flags.runtimeActivity
  }

  /// Is the value itself given as the shadow of a pointer? Without optimisation both are read from the same variable.
  private func isOwnShadow(_ shadow: Source, _ i: Int) -> Bool {
    guard types[i].isPointer, !flags.runtimeActivity, case .operand(let a, .none) = parameters[i].primal,
      case .operand(let b, .none) = shadow, !a.isNull, !isPassedInMemory(a)
    else { return false }
    if a == b { return true }
    guard let x = a.instruction, let y = b.instruction, x.opcode == .load, y.opcode == .load else { return false }
    return x.operand(0) == y.operand(0) && x.operand(0).instruction?.opcode == .alloca && x.block == y.block
  }

  /// The shadow of a structure passed by value would be a copy, and its adjoint would be lost.
  private func checkShadowIsShared(_ shadow: Source, _ i: Int) throws {
    guard !mode.isForward, case .operand(let value, _) = shadow, value.type.isPointer,
      function.parameterTypeAttribute(i, "byval") != nil, isPassedInMemory(value)
    else { return }
    if case .operand(let primal, _) = parameters[i].primal, primal == value { return }
    throw Diagnostic.shadowByValue(i, self)
  }

  // MARK: Activities

  private func activity(of group: ParameterGroup, _ modifiers: Modifiers) throws
    -> ParameterActivity
  {
    let first = group.indices.lowerBound
    let floats = group.indices.contains { types[$0].containsFloat }
    let pointers = group.indices.contains { types[$0].containsPointer }
    let found = modifiers.activity.map(activity(saidBy:)) ?? defaultActivity(floats, pointers)
    switch found {
    case .constant: return found
    case .out:
      if mode.isForward { throw Diagnostic.outInForwardMode(first, self) }
      if let type = function.parameterTypeAttribute(first, "byval"), type.containsFloat, !type.containsPointer {
        if mode == .gradient { return found }
        throw Diagnostic.outInMemory(first, self)
      }
      if pointers { throw Diagnostic.outForPointer(first, self) }
      if !floats { throw Diagnostic.outForInteger(first, self) }
    case .duplicated, .duplicatedNoNeed:
      // An augmented pass may prepare a forward pass, where floats have tangents.
      if mode == .augmented && !(floats && pointers) { return found }
      if floats && !mode.isForward {
        throw Diagnostic.duplicatedByValue(first, mixed: pointers, self)
      }
    }
    return found
  }

  private func activity(saidBy marker: Marker) -> ParameterActivity {
    switch marker {
    case .const: .constant
    case .out: .out
    case .dupnoneed, .dupnoneedv: .duplicatedNoNeed
    default: .duplicated
    }
  }

  private func defaultActivity(_ floats: Bool, _ pointers: Bool) -> ParameterActivity {
    if pointers || (floats && mode.isForward) { return .duplicated }
    return floats ? .out : .constant
  }

  /// The integers among the pieces of a structure of floats have no adjoint.
  private func pieceActivity(_ activity: ParameterActivity, _ type: Type) -> ParameterActivity {
    activity == .out && !type.containsFloat ? .constant : activity
  }

  private func isDuplicated(_ activity: ParameterActivity) -> Bool {
    activity == .duplicated || activity == .duplicatedNoNeed
  }

  // MARK: Results through memory

  /// The hidden pointer of a function that returns a large structure. The primal goes to scratch
  /// memory; so do tangents; the adjoint of the structure is an operand.
  private mutating func readResultBuffer(_ i: Int) throws {
    let type = function.parameterTypeAttribute(i, "sret") ?? types[i].pointee
    guard let type else { throw Diagnostic.resultBufferUnknown(self) }
    var reading = ParameterReading(activity: .duplicated, primal: newScratch(type), shadows: [])
    if flags.returnOverride == .constReturn {
      reading.activity = .constant
    } else if mode.isForward {
      reading.shadows = (0..<flags.width).map { _ in newScratch(type) }
    } else {
      if try readModifiers(i).activity == .const { throw Diagnostic.resultBufferConstant(self) }
      for _ in 0..<flags.width {
        reading.shadows.append(try source(for: i, size: nil, shadowOf: true))
      }
    }
    parameters.append(reading)
  }

  private mutating func newScratch(_ type: Type) -> Source {
    scratch.append(type)
    return .scratch(scratch.count - 1)
  }

  // MARK: Small readers

  private mutating func valueAfter(_ marker: Marker) throws -> Value {
    guard position < tokens.count, let value = tokens[position].value else {
      throw Diagnostic.markerWithoutOperand(marker, in: call)
    }
    position += 1
    return value
  }

  private mutating func extentAfter(_ marker: Marker) throws -> Value {
    let n = try valueAfter(marker)
    guard n.type.isInteger, n.type.bitWidth <= 64 else {
      throw Diagnostic.markerWithoutOperand(marker, in: call)
    }
    return n
  }

  private mutating func constantAfter(_ marker: Marker) throws -> Int {
    guard let n = try valueAfter(marker).integerConstant else {
      throw Diagnostic.markerNeedsConstant(marker, in: call)
    }
    return n
  }
}
