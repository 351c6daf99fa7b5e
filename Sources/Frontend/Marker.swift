/// A word among the operands of a hook call that says how to read the others.
enum Marker: String, CaseIterable {
  // About the next parameter.
  case const, dup, dupnoneed, dupv, dupnoneedv, out
  case bytes, byref, notOverwritten = "not_overwritten"
  // About the whole call.
  case width, primalReturn = "primal_return", noret, interleave
  case constReturn = "const_return", activeReturn = "active_return", dupReturn = "dup_return"
  case allocated, tape, nofree, seed
  case check
  case runtimeActivity = "runtime_activity", strongZero = "strong_zero"
  // Of batches.
  case vector, scalar, buffer
  // Of checkpointed loops.
  case snapshots, budget
  case checkpointRegion = "checkpoint_region"
  // Of fixed points.
  case fixedPointState = "fp_state", fixedPointReduction = "fp_reduction"
  case fixedPointIterations = "fp_max_iters"
  // Known, but not offered by this version.
  case interface, trace, duptrace, likelihood, duplikelihood, observations
  case activeRandomVariable = "active_rand_var"
  case scheme
  case fixedPointControl = "fp_control"

  /// What marks a global as a marker.
  static let prefixes = ["nabla_", "enzyme_"]

  var isUnsupported: Bool {
    switch self {
    case .interface, .trace, .duptrace, .likelihood, .duplikelihood, .observations,
      .activeRandomVariable, .scheme, .fixedPointControl:
      true
    default: false
    }
  }
  /// Says whether the next parameter has a shadow or an adjoint.
  var isActivity: Bool {
    switch self {
    case .const, .dup, .dupnoneed, .dupv, .dupnoneedv, .out: true
    default: false
    }
  }
}

/// A marker as it was recognised, known or not.
struct MarkerName: Equatable {
  /// "nabla_" or "enzyme_".
  let prefix: String
  let word: String

  var marker: Marker? { Marker(rawValue: word) }
  var description: String { prefix + word }
  var suggestion: String? {
    let near =
      MarkerName.synonyms[word] ?? closest(to: word, among: Marker.allCases.map(\.rawValue))
    return near.map { prefix + $0 }
  }

  /// What people write who know the idea but not the word.
  private static let synonyms = [
    "active": "out", "constant": "const", "duplicate": "dup", "duplicated": "dup",
    "inactive": "const", "shadow": "dup",
    "lanes": "width", "vector_width": "width", "no_need": "dupnoneed",
    "duplicated_no_need": "dupnoneed",
    "return_primal": "primal_return", "with_primal": "primal_return",
  ]

  /// Reads the name of a global or a metadata string: plain, with a number that the linker
  /// appended, or mangled as a C++ variable.
  init?(_ name: String) {
    let plain = MarkerName.unmangled(name) ?? name
    guard let prefix = Marker.prefixes.first(where: { plain.hasPrefix($0) }) else { return nil }
    self.prefix = prefix
    word = MarkerName.withoutNumber(String(plain.dropFirst(prefix.count)))
  }

  /// The identifier of a variable inside a mangled name, `_ZL10enzyme_dup`.
  private static func unmangled(_ name: String) -> String? {
    let text = Array(name.utf8)
    guard text.starts(with: "_Z".utf8) else { return nil }
    for prefix in Marker.prefixes {
      guard let start = text.firstRange(ofText: prefix)?.lowerBound else { continue }
      let digits = text[..<start].reversed().prefix { $0 >= 0x30 && $0 <= 0x39 }.reversed()
      guard let n = Int(String(decoding: digits, as: UTF8.self)), n > 0, start + n <= text.count
      else { continue }
      return String(decoding: text[start..<(start + n)], as: UTF8.self)
    }
    return nil
  }

  /// `dup.5` is `dup`.
  private static func withoutNumber(_ word: String) -> String {
    guard let dot = word.firstIndex(of: "."), word[dot...].dropFirst().allSatisfy(\.isNumber) else {
      return word
    }
    return String(word[..<dot])
  }
}
