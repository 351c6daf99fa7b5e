import Analysis
import IR

extension RequestArguments {
  /// The seeds of the result and the tape, which follow the parameters.
  mutating func readTrailing() throws {
    tape = flags.tape.map { .stored(at: $0) } ?? .value(nil)
    if mode == .gradient { try readSeeds(flags.seeds) }
    guard mode == .reverse || mode == .forwardSplit else { return }
    var rest = tokens[position...].compactMap(\.value)
    guard rest.count == tokens.count - position else {
      throw Diagnostic.misplacedMarker(tokens[position...].compactMap(\.marker).first, in: call)
    }
    if flags.tape == nil {
      guard let last = rest.popLast() else { throw Diagnostic.tapeMissing(self) }
      guard tapeFits(last) else { throw Diagnostic.tapeType(last, self) }
      tape = .value(last)
    }
    if mode == .reverse, !rest.isEmpty || !flags.seeds.isEmpty { try readSeeds(rest + flags.seeds) }
    if mode == .reverse || rest.isEmpty { position = tokens.count }
  }

  private func tapeFits(_ value: Value) -> Bool {
    if value.type.isPointer { return true }
    return layout.allocSize(value.type) >= layout.pointerSize && !value.type.isFloatOrVector
  }

  /// The adjoints of the result, one per lane.
  private mutating func readSeeds(_ values: [Value]) throws {
    guard !values.isEmpty else { return }
    let type = function.returnType
    guard resultActivity == .active else { throw Diagnostic.seedOfInactiveResult(self) }
    let pieces = type.pieceCount(startingWith: values[0])
    guard values.count == flags.width * pieces else {
      throw Diagnostic.wrongNumberOfSeeds(values.count, flags.width * pieces, self)
    }
    for lane in 0..<flags.width {
      seeds.append(
        try (0..<pieces).map { piece in
          let value = values[lane * pieces + piece]
          let target = pieces == 1 ? type : type.member(piece)
          guard let adaptation = Adaptation(value, to: target, layout) else {
            throw Diagnostic.wrongSeed(value, target, self)
          }
          return .operand(value, adaptation)
        })
    }
  }

  /// What is wanted of the function's result.
  var resultActivity: ReturnActivity {
    let type = function.returnType
    let usual = type.defaultResultActivity(in: mode)
    switch flags.returnOverride {
    case .constReturn: return .constant
    case .activeReturn, .dupReturn:
      if mode.isForward {
        return type.isVoid ? .constant : type.containsFloat ? .active : .duplicated
      }
      return usual
    default: return usual
    }
  }
}
