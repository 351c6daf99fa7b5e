package import IR

/// What Nabla has to say to the user: what, where, why, and what to do.
package struct Diagnostic: Error {
  package enum Severity { case error, warning, remark }
  package var severity: Severity
  /// The instruction it is about, in the user's module (not in a private copy), or nil.
  package var place: Instruction?
  package var function: Function?
  /// "file.c:12:7" of the construct, where debug info knows it.
  package var location: String?
  package var message: String

  package init(
    _ severity: Severity = .error, _ message: String, at place: Instruction? = nil,
    in function: Function? = nil, location: String? = nil
  ) {
    self.severity = severity
    self.message = message
    self.place = place
    self.function = function
    self.location = location
  }
}

/// All refusals of one derivative, gathered before anything is emitted.
package struct Refusal: Error {
  package var diagnostics: [Diagnostic]
  package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}

/// A broken invariant of Nabla itself: nothing a module contains may lead here.
package func unreachable(_ what: String, file: StaticString = #file, line: UInt = #line) -> Never {
  fatalError("nabla: internal error: \(what)", file: file, line: line)
}

extension Diagnostic {
  /// An error.
  package init(
    _ message: String, at place: Instruction? = nil, in function: Function? = nil, location: String? = nil
  ) {
    self.init(.error, message, at: place, in: function, location: location)
  }
}
