package import IR
package import Planning

/// Byte offsets of the slots of a plan: within the frame, the record, or per unit of array extent.
struct TapeLayout {
  /// By slot, then lane.
  private(set) var offsets: [[Int]]
  /// Bytes of each group: of the frame or record, or per unit of extent.
  private(set) var sizes: [Int]
  private let layout: DataLayout

  init(_ table: SlotTable, _ layout: DataLayout) {
    self.layout = layout
    offsets = table.slots.map { Array(repeating: 0, count: $0.lanes) }
    sizes = Array(repeating: 0, count: table.groups.count)
    for (g, group) in table.groups.enumerated() {
      var at = 0
      // A record begins with the address of the one before it.
      if case .records = group.shape { at = 8 }
      let order = group.slots.sorted {
        let a = layout.alignment(table.slots[$0].type)
        let b = layout.alignment(table.slots[$1].type)
        return a != b ? a > b : $0 < $1
      }
      for s in order {
        let unit = layout.allocSize(table.slots[s].type)
        let alignment = layout.alignment(table.slots[s].type)
        for lane in 0..<table.slots[s].lanes {
          at = (at + alignment - 1) / alignment * alignment
          offsets[s][lane] = at
          at += unit
        }
      }
      sizes[g] = at
    }
  }

  func stride(_ type: Type) -> Int { layout.allocSize(type) }
  func alignment(_ type: Type) -> Int { min(TapeRuntime.alignment, layout.alignment(type)) }
}

/// What a sweep knows about where it is, so that it can find slots.
protocol TapePosition: AnyObject {
  var builder: Builder { get }
  var table: SlotTable { get }
  /// Is what is kept outside loops in a frame on the tape?
  var hasFrame: Bool { get }
  var layout: TapeLayout { get }
  var families: AliasFamilies { get }
  /// The counter of a loop in the present iteration.
  func counter(_ loop: Int) -> Value
  /// Number of places an array has for a loop: one more than the back edge is taken.
  func extent(_ loop: Int) -> Value
  /// The array, record or frame of a group.
  func base(_ group: Int) -> Value
  /// The stack variable of a slot of the function group; nil if the frame is on the tape.
  func variable(_ slot: Int, _ lane: Int) -> Value?
}

extension TapePosition {
  /// The address of a slot in the present iteration.
  func address(_ slot: Int, _ lane: Int) -> Value {
    let s = table.slots[slot]
    let group = table.groups[s.group]
    let offset = layout.offsets[slot][lane]
    switch group.shape {
    case .function:
      return variable(slot, lane) ?? builder.offset(base(s.group), offset)
    case .records:
      return builder.offset(base(s.group), offset)
    case .array(let loops):
      let i64 = builder.context.i64
      var index = counter(loops[0])
      var total = extent(loops[0])
      for l in loops.dropFirst() {
        let n = extent(l)
        index = builder.add(builder.mul(index, n), counter(l))
        total = builder.mul(total, n)
      }
      let array =
        offset == 0
        ? base(s.group) : builder.offset(base(s.group), builder.mul(total, i64.constant(offset)))
      return builder.element(array, s.type, index)
    }
  }
  func store(_ values: [Value], slot: Int) {
    let type = table.slots[slot].type
    for (lane, v) in values.enumerated() {
      let place = address(slot, lane)
      let access = builder.store(v, to: place, alignment: layout.alignment(type))
      if isOnTape(slot) { families.mark(access, .tape) }
    }
  }
  /// Slots of combined gradients outside loops are registers in the end.
  private func isOnTape(_ slot: Int) -> Bool {
    if case .function = table.groups[table.slots[slot].group].shape { return hasFrame }
    return true
  }
  func load(slot: Int) -> [Value] {
    let s = table.slots[slot]
    return (0..<s.lanes).map { lane in
      let place = address(slot, lane)
      let value = builder.load(s.type, from: place, alignment: layout.alignment(s.type))
      if isOnTape(slot), let access = value.instruction { families.mark(access, .tape) }
      return value
    }
  }
}
