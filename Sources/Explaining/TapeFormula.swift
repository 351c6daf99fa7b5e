/// How much memory a plan takes, as a formula.
package struct TapeFormula {
  private let part: Explanation.Part

  package init(_ part: Explanation.Part) { self.part = part }

  package var text: String {
    if part.slots.isEmpty { return "nothing is kept" }
    let counted = Self.bytes(part.tape)
    let uncounted = part.slots.filter { $0.total == nil }
    if uncounted.isEmpty { return counted }
    // Loops are told apart, not named.
    let groups = Dictionary(grouping: uncounted, by: \.loops).sorted { $0.key.lexicographicallyPrecedes($1.key) }
    let sizes = groups.map { Self.bytes($0.value.reduce(Extent(0)) { $0 + $1.each }) + " per iteration of " }
    if sizes.count == 1 { return "\(counted), and \(sizes[0])a loop that is counted by running" }
    return "\(counted), and \(sizes.joined(separator: "one loop, "))another, which are counted by running"
  }

  private static func bytes(_ n: Extent) -> String { n.constant == 1 ? "1 byte" : "\(n.description) bytes" }

  package static func size(_ slot: Explanation.Slot) -> String {
    if let total = slot.total { return bytes(total) }
    return "\(bytes(slot.each)) per iteration of a loop that is counted by running"
  }
}
