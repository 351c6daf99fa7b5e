import Rules

/// Pages of the rule book.
enum RuleText {
  /// All about a function.
  static func page(_ k: FunctionKnowledge, askedAs name: String, _ paint: (String) -> String) -> String {
    guard case .math(let rule, let precision) = k.kind else { return paint(summary(k, name)) }
    var lines = [page(rule, paint)]
    if name != rule.name {
      let type = precision.map { " in \(words($0))" } ?? ""
      lines.append("  '\(name)' is a spelling of it\(type)")
    }
    return lines.joined(separator: "\n")
  }

  /// A rule with its domain and its convention.
  static func page(_ rule: MathRule, _ paint: (String) -> String) -> String {
    var lines = [paint(rule.description)]
    let names = ["x", "y", "z", "w"]
    let domains = zip(rule.parameters, rule.domain).enumerated().compactMap { i, p -> String? in
      guard p.0 == .real, i < names.count else { return nil }
      return "\(names[i]) in [\(number(p.1.lowerBound)), \(number(p.1.upperBound))]"
    }
    if !rule.isLocallyConstant, !domains.isEmpty {
      lines.append("  tested against differences, first and second order, for " + domains.joined(separator: ", "))
    }
    if let convention = Conventions.of(rule.name) { lines.append("  convention: \(convention)") }
    let needs = needed(rule)
    if !needs.isEmpty { lines.append("  reverse mode needs \(needs.joined(separator: ", "))") }
    return lines.joined(separator: "\n")
  }

  /// The primal values that the partials mention.
  private static func needed(_ rule: MathRule) -> [String] {
    let names = ["x", "y", "z", "w"]
    var operands: Set<Int> = []
    var result = false
    for partial in rule.partials.compactMap({ $0 }) {
      operands.formUnion(partial.operandsRead)
      result = result || partial.readsResult
    }
    return operands.sorted().map { $0 < names.count ? names[$0] : "x\($0)" } + (result ? ["r"] : [])
  }

  /// What a function without derivative does, in a line.
  static func summary(_ k: FunctionKnowledge, _ name: String) -> String {
    let what =
      switch k.kind {
      case .math(let rule, _): "has the derivative of \(rule.name)"
      case .inactive: "inactive: no derivative flows through it"
      case .allocation(let a): "allocates memory; its shadow is allocated alike (freed by \(a.freedBy))"
      case .deallocation: "frees memory, when the reverse sweep is over"
      case .reallocation: "reallocates memory and its shadow"
      case .memory: "moves or fills bytes; derivatives move along"
      case .pointerShuffle: "links nodes in memory; repeated for the shadows"
      case .noReturn: "does not return"
      case .callback(let n): "calls back its argument \(n + 1): refused if that works on active data"
      case .refused(let reason): "refused: \(reason)"
      case .marker: "says something to the optimiser only"
      case .structural: "a composition that is differentiated by parts"
      }
    let traits = [
      k.isPure ? "pure" : nil, k.returnsArgument.map { "returns argument \($0 + 1)" },
      k.effects.accessesOther ? "hidden effects" : nil,
    ].compactMap { $0 }
    return "\(name): \(what)" + (traits.isEmpty ? "" : " (\(traits.joined(separator: ", ")))")
  }

  private static func words(_ precision: Precision) -> String { "\(precision)" }
  static func number(_ x: Double) -> String { x == x.rounded() && abs(x) < 1e15 ? "\(Int(x))" : "\(x)" }

  /// The name that differs least, if any is near.
  static func nearest(_ name: String, among names: [String]) -> String? {
    let best = names.map { ($0, distance(name, $0)) }.min { $0.1 < $1.1 }
    guard let best, best.1 <= max(1, name.count / 3) else { return nil }
    return best.0
  }

  private static func distance(_ a: String, _ b: String) -> Int {
    let x = Array(a), y = Array(b)
    var row = Array(0...y.count)
    for i in 0..<x.count {
      var next = [i + 1]
      for j in 0..<y.count {
        next.append(min(row[j] + (x[i] == y[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1))
      }
      row = next
    }
    return row[y.count]
  }
}
