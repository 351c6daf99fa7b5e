package import Analysis
package import IR
package import Planning

/// Keeps on the tape, while a copy of the primal runs, what a plan wants to have again: reserves the storage where
/// loops are entered, and finds the places of slots in it.
final class TapeRecorder: TapePosition {
  /// Which record of a loop is found first: its others are linked behind that one.
  enum Order { case newestFirst, oldestFirst }

  let table: SlotTable
  let hasFrame: Bool
  let layout: TapeLayout
  let body: BodyClone
  private let order: Order
  var families: AliasFamilies { body.families }
  var builder: Builder { body.builder }
  private var subject: Subject { body.subject }
  private var function: Function { body.function }
  private var context: Context { body.function.context }

  private var bases: [Int: Value] = [:]
  private var variables: [Int: [Value]] = [:]
  /// The last instruction of the reservation of each group of records.
  private var reservations: [Int: Instruction] = [:]
  private var arenaValue: Value?
  private var isArenaOwned = false

  init(
    _ table: SlotTable, hasFrame: Bool, _ body: BodyClone, arena: Value?, order: Order = .newestFirst
  ) {
    self.table = table
    self.hasFrame = hasFrame
    self.body = body
    self.order = order
    layout = TapeLayout(table, body.function.module.dataLayout)
    arenaValue = arena
  }

  /// The arena: the caller's, or one on the stack of a combined gradient.
  func arena() -> Value {
    if let a = arenaValue { return a }
    isArenaOwned = true
    let place = Builder(module: function.module)
    if let first = function.entry.first {
      place.position(before: first)
    } else {
      place.position(atEndOf: function.entry)
    }
    let type = context.i64.array(TapeRuntime.arenaWords)
    let a = place.alloca(type, name: "arena")
    place.store(type.zero, to: a)
    let pointer = place.cast(pointer: a, to: context.bytePointer)
    arenaValue = pointer
    return pointer
  }
  /// The arena, if anything uses one that this function has to destroy.
  var ownedArena: Value? { isArenaOwned ? arenaValue : nil }
  /// The frame of the function, if it has one.
  var frame: Value? { bases[0] }

  func allocate(_ bytes: Value, _ builder: Builder) -> Value {
    let a = arena()
    return builder.call(TapeRuntime.function(.allocate, in: function.module), [a, bytes])
  }

  // MARK: Reserving

  /// Reserves the storage of all groups, where their loops are entered.
  func reserve() {
    for (g, group) in table.groups.enumerated() {
      switch group.shape {
      case .function:
        guard hasFrame, layout.sizes[0] > 0 else { continue }
        body.position(atStartOfEntry: ())
        bases[0] = allocate(context.i64.constant(layout.sizes[0]), builder)
        body.prologue = bases[0]!.instruction
      case .array(let loops): reserveArray(g, group, loops)
      case .records(let loop): reserveRecords(g, loop)
      }
    }
  }

  private func reserveArray(_ g: Int, _ group: SlotGroup, _ loops: [Int]) {
    let preheader = subject.loops.loops[loops[0]].preheader!
    builder.position(before: body.block(preheader).terminator!)
    var total = extent(loops[0])
    for l in loops.dropFirst() { total = builder.mul(total, extent(l)) }
    for g in group.guards {
      let condition = body.mapped(g.condition)
      let none = context.i64.constant(0)
      total = g.value ? builder.select(condition, total, none) : builder.select(condition, none, total)
    }
    bases[g] = allocate(builder.mul(total, context.i64.constant(layout.sizes[g])), builder)
    store([bases[g]!], slot: table.slotOf[.base(g)]!)
  }

  private func reserveRecords(_ g: Int, _ loop: Int) {
    let l = subject.loops.loops[loop]
    let slot = table.slotOf[.base(g)]!
    let byte = context.bytePointer
    builder.position(before: body.block(l.preheader!).terminator!)
    store([byte.zero], slot: slot)
    // Where the address of the next record goes: to the slot, or to the record before it.
    let link = order == .oldestFirst ? builder.entryAlloca(byte, name: "link") : nil
    if let link { builder.store(builder.cast(pointer: address(slot, 0), to: byte), to: link) }
    let header = body.block(l.header)
    let first = header.firstInsertionPoint!
    builder.position(before: first)
    let record: Value
    if let link {
      let place = builder.load(byte, from: link)
      record = allocate(context.i64.constant(layout.sizes[g]), builder)
      builder.store(record, to: place)
      builder.store(record, to: link)
    } else {
      let previous = load(slot: slot)[0]
      record = allocate(context.i64.constant(layout.sizes[g]), builder)
      builder.store(previous, to: record)
      store([record], slot: slot)
    }
    reservations[g] = first.previous
    bases[g] = record
  }

  // MARK: Keeping

  /// Keeps a value of the primal where it is defined.
  func keep(_ id: Int, slot: Int) {
    body.position(afterDefinitionOf: id)
    guard let copy = body.values[id] else { return }
    skipReservations(copy)
    store([copy], slot: slot)
  }

  /// A value in a loop header is stored behind the reservation of the header's record.
  func skipReservations(_ copy: Value) {
    guard let i = copy.instruction, i.isPhi || i.opcode == .landingPad else { return }
    for (g, group) in table.groups.enumerated() {
      guard case .records(let loop) = group.shape, body.block(subject.loops.loops[loop].header) == i.block,
        let last = reservations[g]
      else { continue }
      builder.position(after: last)
    }
  }

  // MARK: Position

  func counter(_ loop: Int) -> Value { body.mapped(subject.counters[loop].value) }
  func extent(_ loop: Int) -> Value {
    builder.add(body.mapped(subject.tripCounts[loop]!), context.i64.constant(1))
  }
  func base(_ group: Int) -> Value { bases[group]! }
  func variable(_ slot: Int, _ lane: Int) -> Value? {
    guard !hasFrame else { return nil }
    if let v = variables[slot] { return v[lane] }
    let s = table.slots[slot]
    let list = (0..<s.lanes).map { _ in builder.entryAlloca(s.type) }
    variables[slot] = list
    return list[lane]
  }
}
