package import Analysis
package import IR

/// Where one kept item is stored: a field of a group.
package struct Slot {
  package let item: Item
  /// The type stored (per lane for shadows).
  package let type: Type
  package let lanes: Int
  package let group: Int
}

/// Slots that are stored together because they are indexed alike.
package struct SlotGroup {
  package enum Shape: Hashable {
    /// One place for each slot: a stack variable, or a field of the function's tape frame.
    case function
    /// An array per slot over the counters of these loops, outermost first; reserved before the first.
    case array(loops: [Int])
    /// A record per iteration of a loop whose trip count is not known before; records are linked.
    case records(loop: Int)
  }
  package let shape: Shape
  /// The group in which this one's base pointer is a slot.
  package let parent: Int?
  /// Arrays: conditions under which the inner loops are entered; where one does not hold, no place is needed.
  package var guards: [(condition: Value, value: Bool)] = []
  package internal(set) var slots: [Int] = []
}

/// The storage of everything that a plan keeps.
package struct SlotTable {
  package private(set) var slots: [Slot] = []
  package private(set) var groups: [SlotGroup] = [SlotGroup(shape: .function, parent: nil)]
  package private(set) var slotOf: [Item: Int] = [:]
  private var groupOf: [SlotGroup.Shape: Int] = [.function: 0]
  private let subject: Subject

  init(_ subject: Subject) { self.subject = subject }

  mutating func add(_ item: Item, _ type: Type, lanes: Int, chain: [Int]) {
    guard slotOf[item] == nil else { return }
    let g = group(for: chain)
    slotOf[item] = slots.count
    groups[g].slots.append(slots.count)
    slots.append(Slot(item: item, type: type, lanes: lanes, group: g))
  }

  /// Can the loop's extent be known before `outer` is entered, and whether it is entered at all?
  private func isKnown(_ loop: Int, before outer: Int) -> Bool {
    guard let n = subject.tripCounts[loop], let guards = subject.guards(of: loop) else { return false }
    return ([n] + guards.map(\.condition)).allSatisfy { v in
      guard let id = subject.id(v) else { return true }
      return !subject.loops.contains(outer, subject.block(id))
    }
  }

  private mutating func group(for chain: [Int]) -> Int {
    guard let last = chain.last else { return 0 }
    var shape = SlotGroup.Shape.records(loop: last)
    var outer = chain.count - 1
    if subject.tripCounts[last] != nil {
      while outer > 0, subject.tripCounts[chain[outer - 1]] != nil,
        chain[outer...].allSatisfy({ isKnown($0, before: chain[outer - 1]) })
      {
        outer -= 1
      }
      shape = .array(loops: Array(chain[outer...]))
    }
    if let g = groupOf[shape] { return g }
    let parentChain = Array(chain[..<outer])
    let parent = group(for: parentChain)
    let g = groups.count
    let inner = chain[outer...].dropFirst()
    let guards = shape == .records(loop: last) ? [] : inner.flatMap { subject.guards(of: $0) ?? [] }
    groups.append(SlotGroup(shape: shape, parent: parent, guards: guards.map { ($0.condition, $0.value) }))
    groupOf[shape] = g
    add(.base(g), subject.function.context.bytePointer, lanes: 1, chain: parentChain)
    return g
  }
}
