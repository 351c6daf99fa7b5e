import Analysis
import IR

/// One thing that a derivative yields.
struct ResultField {
  enum Place: Equatable {
    /// A field of what the derivative function returns.
    case returned(Int)
    /// Scratch memory that it was given.
    case scratch(Int)
    /// A field that it returns, the tape, for which the caller has reserved a number of bytes.
    case tape(Int)
  }
  /// For messages: "d_x".
  var label: String
  var type: Type
  var place: Place
}

/// The fields of a derivative's result as the caller sees it: what the derivative function returns,
/// in its order, with structures that go through memory added and a tape that the caller keeps left
/// out.
struct ResultFields {
  private(set) var fields: [ResultField] = []
  /// How many fields the derivative function itself returns.
  private(set) var returned = 0
  private let request: Request
  private let flags: CallFlags
  private let scratch: [Type]
  private let parameters: [ParameterReading]

  init(_ arguments: RequestArguments) {
    request = arguments.request
    flags = arguments.flags
    scratch = arguments.scratch
    parameters = arguments.parameters
    addTape()
    if request.returnsPrimal { add("result", request.function.returnType) }
    if wantsPrimalFromMemory { addScratch("result", 0) }
    addDerivatives()
  }

  private mutating func addTape() {
    guard request.mode == .augmented else { return }
    defer { returned += 1 }
    if flags.tape != nil { return }
    let context = request.function.context
    if let n = flags.allocated {
      fields.append(ResultField(label: "tape", type: context.i8.array(n), place: .tape(n)))
    } else {
      fields.append(ResultField(label: "tape", type: context.bytePointer, place: .returned(0)))
    }
  }

  private mutating func addDerivatives() {
    let function = request.function
    switch request.mode {
    case .augmented:
      guard request.result == .duplicated else { return }
      for lane in 0..<request.width { add("d_result" + suffix(lane), function.returnType) }
    case .gradient, .reverse:
      for (i, activity) in request.parameters.enumerated() {
        let label = "d_" + function.parameterName(i)
        if activity == .out { add(label, inLanes(function.functionType.parameters[i])) }
        guard i < parameters.count, parameters[i].returnsShadows else { continue }
        for (lane, shadow) in parameters[i].shadows.enumerated() {
          if case .scratch(let n) = shadow { addScratch(label + suffix(lane), n) }
        }
      }
    case .forward, .forwardSplit:
      if request.result != .constant { add("d_result", inLanes(function.returnType)) }
      guard request.function.returnsThroughMemory, scratch.count > 1 else { return }
      for lane in 0..<request.width { addScratch("d_result" + suffix(lane), lane + 1) }
    }
  }

  private mutating func add(_ label: String, _ type: Type) {
    fields.append(ResultField(label: label, type: type, place: .returned(returned)))
    returned += 1
  }
  private mutating func addScratch(_ label: String, _ n: Int) {
    fields.append(ResultField(label: label, type: scratch[n], place: .scratch(n)))
  }

  private var wantsPrimalFromMemory: Bool {
    guard request.function.returnsThroughMemory, !scratch.isEmpty else { return false }
    return request.mode == .augmented ? !flags.noReturn : flags.primalReturn
  }
  private func inLanes(_ type: Type) -> Type {
    request.width > 1 ? type.array(request.width) : type
  }
  private func suffix(_ lane: Int) -> String { request.width > 1 ? String(lane) : "" }
}
