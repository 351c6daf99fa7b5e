import Analysis
import IR

/// An operand of a hook call that remains after the words about the whole call are taken out.
enum Token {
  case marker(Marker)
  case value(Value)

  var value: Value? { if case .value(let v) = self { v } else { nil } }
  var marker: Marker? { if case .marker(let m) = self { m } else { nil } }
}

/// Separates the operands of a hook call into what is said of the whole call and the rest.
struct Tokenizer {
  let call: HookCall
  let function: Function
  private(set) var flags = CallFlags()
  private(set) var tokens: [Token] = []
  private var position: Int
  private let checkTakesTolerance: Bool

  /// - Parameter checkTakesTolerance: whether a number behind `nabla_check` belongs to it.
  init(_ call: HookCall, _ function: Function, checkTakesTolerance: Bool = false) throws {
    self.checkTakesTolerance = checkTakesTolerance
    self.call = call
    self.function = function
    position = call.operandPositions.lowerBound
    try readWidth()
    while position < call.operandPositions.upperBound { try readToken() }
  }

  /// The width is needed first, because the number of seeds depends on it.
  private mutating func readWidth() throws {
    var found = false
    for i in call.operandPositions where call.instruction.operand(i).markerName?.marker == .width {
      guard !found else { throw Diagnostic.markerTwice(.width, in: call) }
      let next = i + 1
      guard next < call.operandPositions.upperBound,
        let n = call.instruction.operand(next).integerConstant, n >= 1, n <= 1024
      else { throw Diagnostic.widthNotConstant(in: call) }
      flags.width = n
      found = true
    }
  }

  private mutating func readToken() throws {
    let operand = call.instruction.operand(position)
    position += 1
    guard let name = operand.markerName else { return tokens.append(.value(operand)) }
    guard let marker = name.marker else { throw Diagnostic.unknownMarker(name, in: call) }
    if marker.isUnsupported { throw Diagnostic.unsupportedMarker(name, in: call) }
    if try !readFlag(marker) { tokens.append(.marker(marker)) }
  }

  /// Takes in a marker about the whole call, with its operands; false for other markers.
  private mutating func readFlag(_ marker: Marker) throws -> Bool {
    switch marker {
    case .width: _ = try operand(of: marker)
    case .primalReturn: flags.primalReturn = true
    case .noret: flags.noReturn = true
    case .constReturn, .activeReturn, .dupReturn: flags.returnOverride = marker
    case .interleave:
      flags.interleave = true
      return false
    case .allocated: flags.allocated = try constant(of: marker)
    case .tape: flags.tape = try operand(of: marker)
    case .nofree: flags.noFree = true
    case .runtimeActivity: flags.runtimeActivity = true
    case .strongZero: flags.strongZero = true
    case .check:
      flags.check = true
      if checkTakesTolerance { flags.tolerance = try operand(of: marker) }
    case .seed: try readSeeds()
    default: return false
    }
    return true
  }

  private mutating func operand(of marker: Marker) throws -> Value {
    guard position < call.operandPositions.upperBound else {
      throw Diagnostic.markerWithoutOperand(marker, in: call)
    }
    position += 1
    return call.instruction.operand(position - 1)
  }

  private mutating func constant(of marker: Marker) throws -> Int {
    guard let n = try operand(of: marker).integerConstant, n >= 0 else {
      throw Diagnostic.markerNeedsConstant(marker, in: call)
    }
    return n
  }

  /// The seeds of the result, `width` of them; each in pieces if C passes a structure so.
  private mutating func readSeeds() throws {
    guard flags.seeds.isEmpty else { throw Diagnostic.markerTwice(.seed, in: call) }
    let first =
      position < call.operandPositions.upperBound ? call.instruction.operand(position) : nil
    let pieces = function.returnType.pieceCount(startingWith: first)
    for _ in 0..<(flags.width * pieces) { flags.seeds.append(try operand(of: .seed)) }
  }
}

extension Type {
  /// How many operands a value of this type takes in a variadic call: the fields of a structure may
  /// be passed one by one.
  func pieceCount(startingWith first: Value?) -> Int {
    guard isStruct, count > 0, let first, !first.type.isAggregate,
      !first.type.isPointer || member(0).isPointer
    else { return 1 }
    return count
  }
}
