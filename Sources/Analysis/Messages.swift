package import IR

/// What is refused, in words: what, where, why, and what to do. Here are the messages about the function as a whole; those of
/// planning and synthesis are in Planning/Messages.swift.
package enum Messages {
  package static func computedGoto(_ f: Function) -> String {
    "cannot differentiate '\(f.name)': it has a computed goto; use a switch"
  }
  package static func outOfReach(_ f: Function, _ reason: String) -> String {
    "cannot differentiate '\(f.name)': \(reason)"
  }
  package static func irreducible(_ f: Function) -> String {
    "cannot differentiate '\(f.name)': it jumps into a loop from outside (goto), and the loop can't be unwound; enter the "
      + "loop at its head"
  }
  /// The name of a parameter in the source, or `p1`, `p2`, …
  package static func parameterName(_ p: Value, _ i: Int) -> String {
    if let name = p.sourceName, !name.isEmpty { return name }
    let name = String(p.name.prefix { $0 != "." })
    return name.isEmpty || name.allSatisfy(\.isNumber) ? "p\(i + 1)" : name
  }
}
