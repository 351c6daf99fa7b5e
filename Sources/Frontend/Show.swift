import Analysis
import IR

extension HookReading {
  /// The request as `nabla<show-requests>` prints it.
  var description: String {
    var lines = ["request \(call.description): \(request.mode) of '\(function.name)'" + details]
    for (i, parameter) in parameters.enumerated() {
      lines.append(
        "  \(function.parameterName(i)): "
          + parameter.description(function.functionType.parameters[i])
      )
    }
    if let text = seedText { lines.append("  seed: \(text)") }
    if let text = tapeText { lines.append("  tape: \(text)") }
    let fields = results.map { "\($0.type.description) \($0.label)" }
    lines.append("  yields: " + (fields.isEmpty ? "nothing" : fields.joined(separator: ", ")))
    return lines.joined(separator: "\n") + "\n"
  }

  private var details: String {
    var words: [String] = []
    if request.width > 1 { words.append("width \(request.width)") }
    words.append("result \(request.result)")
    if request.returnsPrimal { words.append("returns primal") }
    if !request.freesTape { words.append("keeps tape") }
    if request.runtimeActivity { words.append("runtime activity") }
    if request.strongZero { words.append("strong zero") }
    return ", " + words.joined(separator: ", ")
  }

  private var seedText: String? {
    guard request.result == .active, request.mode == .gradient || request.mode == .reverse else {
      return nil
    }
    if seeds.isEmpty { return "1" }
    return seeds.flatMap { $0.map(\.description) }.joined(separator: ", ")
  }

  private var tapeText: String? {
    switch tape {
    case .stored(let place): "stored at \(place.short)"
    case .value(let value?): value.short
    case .value(nil): nil
    }
  }
}

extension ParameterReading {
  fileprivate func description(_ type: Type) -> String {
    var text = "\(activity) \(type.description) = \(primal.description)"
    if !shadows.isEmpty { text += ", shadow " + shadows.map(\.description).joined(separator: ", ") }
    return text + (notOverwritten ? ", not overwritten" : "")
  }
}

extension Source {
  fileprivate var description: String {
    switch self {
    case .operand(let value, .none), .operand(let value, .pointer): value.short
    case .operand(let value, let adaptation): "\(adaptation)(\(value.short))"
    case .strided(let base, let stride, let lane): "\(base.short) + \(lane) * \(stride.short)"
    case .scratch(let n): "scratch \(n)"
    }
  }
}
