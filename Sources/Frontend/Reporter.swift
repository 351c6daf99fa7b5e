import Analysis
import IR

/// Hands diagnostics to LLVM, each once, at the hook call that led to them.
final class Reporter {
  private let context: Context
  private var said: Set<String> = []
  private(set) var hasErrors = false
  /// The hook call being carried out.
  var current: HookCall?
  /// Receives the diagnostics instead of LLVM, in unit tests.
  var sink: ((Diagnostic) -> Void)?
  /// Receives the diagnostics instead of LLVM, worded and placed, in programs of our own.
  var printer: ((Diagnostic) -> Void)?

  init(_ context: Context) { self.context = context }

  func report(_ refusal: Refusal) { refusal.diagnostics.forEach(report) }

  func report(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .error { hasErrors = true }
    let place = current?.instruction ?? diagnostic.place
    let text = text(of: diagnostic)
    guard said.insert("\(place?.ref as OpaquePointer?) \(text)").inserted else { return }
    if let sink { return sink(diagnostic) }
    if let printer {
      let here = place?.sourceLocation ?? (place == nil ? diagnostic.location : nil)
      return printer(
        Diagnostic(
          diagnostic.severity, text, at: place, in: place?.function ?? diagnostic.function,
          location: here))
    }
    emitDiagnostic(
      severity: diagnostic.severity.number, in: context,
      function: place?.function ?? diagnostic.function, at: place, text)
  }

  /// The message, with the place of the construct it is about if that is not the place of the
  /// message.
  private func text(of diagnostic: Diagnostic) -> String {
    located(diagnostic).withReadableNames
  }

  private func located(_ diagnostic: Diagnostic) -> String {
    let here = (current?.instruction ?? diagnostic.place)?.sourceLocation
    guard let location = diagnostic.location ?? diagnostic.place?.sourceLocation,
      location != here, !diagnostic.message.has(location)
    else { return diagnostic.message }
    return "\(diagnostic.message) (at \(location))"
  }
}

extension String {
  /// With quoted symbols of C++ as people write them.
  package var withReadableNames: String {
    guard has("'_Z") else { return self }
    return split(separator: "'", omittingEmptySubsequences: false).map {
      $0.hasPrefix("_Z") ? demangled(String($0)) : String($0)
    }.joined(separator: "'")
  }
}

extension Diagnostic.Severity {
  fileprivate var number: Int32 {
    switch self {
    case .error: 0
    case .warning: 1
    case .remark: 2
    }
  }
}
