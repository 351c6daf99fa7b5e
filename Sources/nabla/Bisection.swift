import Checking
import IR

/// Looks for what is to blame for a wrong derivative: a callee whose own derivative is wrong, or an instruction.
///
/// Each trial runs in a process of its own, since a function that is called alone with made-up arguments may crash.
struct Bisection {
  private let command: Check
  private let function: String
  private let place: (level: Int, sample: Int)
  private static let limit = 60

  init(_ command: Check, _ function: String, _ place: (level: Int, sample: Int)) {
    self.command = command
    self.function = function
    self.place = place
  }

  /// Sentences that name what is wrong.
  func search() -> [String] {
    guard let module = try? command.input.module(level: 0), let suspects = try? Suspect.below(function, in: module)
    else {
      return []
    }
    var wrong: Set<String> = []
    var culprits: [(suspect: Suspect, kinds: Set<Claim.Kind>)] = []
    for s in suspects.suffix(Self.limit) {
      guard let kinds = wrongKinds(of: s) else { continue }
      wrong.insert(s.name)
      if wrong.isDisjoint(with: s.callees) { culprits.append((s, kinds)) }
    }
    guard !culprits.isEmpty else { return inside(function, isRoot: true, suspects) }
    return culprits.flatMap { s, kinds -> [String] in
      // A function without a rule for a mode is differentiated by its body.
      let claims = s.claims.filter { $0.kind.map(kinds.contains) ?? true }
      if !claims.isEmpty {
        return claims.map {
          "\($0.text) is wrong: differences of '\(demangled(s.name))' alone give another derivative"
            + ($0.line.map { " (line \($0))" } ?? "")
        }
      }
      if !s.hasBody { return ["the rule for the library function '\(s.name)'; please report this"] }
      return inside(s.name, isRoot: false, suspects)
    }
  }

  /// The instruction of a function that is wrong while all that it calls is right.
  private func inside(_ name: String, isRoot: Bool, _ suspects: [Suspect]) -> [String] {
    let lines =
      run(name, ["--watch", isRoot ? "\(place.level):\(place.sample)" : "\(place.level):0"], forgetting: !isRoot)?
      .split(separator: "\n").map(String.init) ?? []
    if !lines.isEmpty { return lines.map { "in '\(demangled(name))', \($0)" + rulesBehind($0, suspects) } }
    let callees = suspects.flatMap(\.claims).map(\.text)
    return [
      "'\(demangled(name))': all that it calls is right by itself, and so are the values in it"
        + (callees.isEmpty ? "; memory, then: " : "; look at " + callees.joined(separator: ", ") + ", and at memory: ")
        + "compare `nabla show effects` and `nabla show plan`"
    ]
  }

  /// Where the call of a function with rules is wrong, while the function by itself is right at the points tried: the rules.
  private func rulesBehind(_ line: String, _ suspects: [Suspect]) -> String {
    let called = suspects.filter { !$0.claims.isEmpty && line.contains("@\($0.name)(") }
    guard !called.isEmpty else { return "" }
    return "; so at these values " + called.flatMap(\.claims).map(\.text).joined(separator: ", or ") + " is wrong"
  }

  /// What is wrong about a function by itself; nil if nothing is, as far as can be told.
  private func wrongKinds(of suspect: Suspect) -> Set<Claim.Kind>? {
    // The halves of a rule of the program show what its first half returns.
    let halves = suspect.claims.contains { $0.kind == .reverse } && !command.split ? ["--split"] : []
    let answer = run(suspect.name, ["--verdict", "--samples", "2"] + halves, forgetting: true)?.split(separator: "\n")
      .last
    guard let words = answer?.split(separator: " "), words.first == "wrong" else { return nil }
    return Set(words.dropFirst().compactMap { Claim.Kind(rawValue: String($0)) })
  }

  /// - Parameter forgetting: the activities and values are those of another function.
  private func run(_ name: String, _ more: [String], forgetting: Bool) -> String? {
    var arguments = ["check", command.input.file, "--function", name, "--no-bisect", "--levels", "\(place.level)"]
    arguments += ["--int", "\(command.integer)", "--depth", "\(command.depth)", "--timeout", "60"]
    for flags in command.input.flags { arguments += ["--cflags", flags] }
    for library in command.load { arguments += ["--load", library] }
    if command.split { arguments.append("--split") }
    if command.asIs { arguments.append("--as-is") }
    if !forgetting {
      for value in command.at { arguments += ["--at", value] }
      if let activity = command.derivative.activity { arguments += ["--activity", activity] }
      if command.derivative.isResultConstant { arguments.append("--const-result") }
    }
    let outcome = try? Subprocess.run(
      [Files.executable] + arguments + more, environment: [Check.workerMark: "1"], seconds: 60)
    guard let outcome, case .exited = outcome.end else { return nil }
    return outcome.output
  }
}
