/// How much memory a plan takes, as a formula.
package struct TapeFormula {
  private let part: Explanation.Part

  package init(_ part: Explanation.Part) { self.part = part }

  package var text: String {
    if part.slots.isEmpty { return "nothing is kept" }
    let counted = part.tape.description + " bytes"
    guard part.hasUncounted else { return counted }
    let rest = part.slots.filter { $0.total == nil }.map { Self.size($0) }
    return "\(counted), and \(rest.joined(separator: " and "))"
  }

  package static func size(_ slot: Explanation.Slot) -> String {
    if let total = slot.total { return "\(total.description) bytes" }
    return "\(slot.each.description) bytes per iteration of a loop that is counted by running"
  }
}
